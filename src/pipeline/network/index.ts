export type { Backbone } from './backbones/backbone.ts';
export { importedName, mapOf, readImportedBackbone, writeImportedBackbone } from './backbones/imported.ts';
export { backbones, findBackbone } from './backbones/index.ts';
export { type Block, trainableBlocks } from './blocks.ts';
export { countParameters, type ParameterCount } from './count-parameters.ts';
export {
  type ExportFacts,
  exportNotice,
  exportReadme,
  networkExporters,
  pythonFiles,
  toNpy,
} from './export/index.ts';
export { cutAt, featureDimensions, featureNetwork, levelDimensions } from './features.ts';
export { foldBatchNorm } from './fold.ts';
export { gateTaps } from './gate-taps.ts';
export { attachHead, type HeadShape, headNames, isHeadNode } from './head.ts';
export { withChannelRange } from './import/channel-norm.ts';
export { asClassifier, type Ending, upToLastMap } from './import/ends.ts';
export { importedKinds } from './import/foreign.ts';
export { readForeign, recognise } from './import/read.ts';
export { networkLimits } from './limits.ts';
export { hasWeights, loadBackbone, openBackbone } from './load-backbone.ts';
export { backboneWithoutWeights, mapsBehind } from './maps.ts';
export { channelsOf, type OnnxOptions, toOnnx } from './onnx/write.ts';
export { isSameUpTo } from './same-up-to.ts';
export type { SealedContents } from './sealed/files.ts';
export { openSealedModel, type SealedModel } from './sealed/open.ts';
export { sealModel } from './sealed/seal.ts';
export { withDividedLogits } from './temperature.ts';
export { readTfjs } from './tfjs/read.ts';
export { type TfjsModel, toTfjs, writeTfjs } from './tfjs/write.ts';
