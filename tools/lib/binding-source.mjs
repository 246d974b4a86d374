/**
 * tfjs-node's binding passes every kind of attribute to TensorFlow but lists of strings. Fused operations name what is fused in
 * one (`fused_ops: ['BiasAdd', 'Relu6']`), so the compiled binding gets that case; one without it trains too, more slowly.
 */

/** Part of the name of the compiled file, so that a cache of before is not taken for it. */
export const bindingRevision = 2;

const before = `    case TF_ATTR_STRING: {
`;
const stringList = `      if (IsArray(env, nstatus, &js_value)) {
        uint32_t length;
        nstatus = napi_get_array_length(env, js_value, &length);
        ENSURE_NAPI_OK(env, nstatus);
        std::vector<std::string> strings(length);
        std::vector<const void *> data(length);
        std::vector<size_t> lengths(length);
        for (uint32_t i = 0; i < length; ++i) {
          napi_value element;
          nstatus = napi_get_element(env, js_value, i, &element);
          ENSURE_NAPI_OK(env, nstatus);
          nstatus = GetStringParam(env, element, strings[i]);
          ENSURE_NAPI_OK(env, nstatus);
          data[i] = strings[i].data();
          lengths[i] = strings[i].size();
        }
        TFE_OpSetAttrStringList(tfe_op, attr_name, data.data(), lengths.data(),
                                static_cast<int>(length));
        break;
      }
`;

/** @param source text of binding/tfjs_backend.cc */
export function withStringLists(source) {
  const parts = source.split(before);
  return parts.length === 2 ? parts.join(before + stringList) : source;
}
