import { Buffer } from 'node:buffer';
import { bytes, double, int, pluginEvent } from './event.ts';

const plugin = 'hparams';

export type HparamValue = string | number | boolean;

/**
 * What TensorBoard's HPARAMS tab lists a run by (tensorboard/plugins/hparams/plugin_data.proto): HParamsPluginData with
 * session_start_info (3): hparams 1 (a map to google.protobuf.Value), group_name 4, start_time_secs 5.
 */
export function sessionStart(seconds: number, group: string, hparams: ReadonlyMap<string, HparamValue>): Buffer {
  const entries = [...hparams].map(([name, value]) =>
    bytes(1, Buffer.concat([bytes(1, name), bytes(2, protobufValue(value))])),
  );
  const info = Buffer.concat([...entries, bytes(4, group), double(5, seconds)]);
  return pluginEvent(seconds, '_hparams_/session_start_info', plugin, Buffer.concat([int(1, 0), bytes(3, info)]));
}

/** session_end_info (4): status 1 (1 success, 2 failure), end_time_secs 2. */
export function sessionEnd(seconds: number, completed: boolean): Buffer {
  const info = Buffer.concat([int(1, completed ? 1 : 2), double(2, seconds)]);
  return pluginEvent(seconds, '_hparams_/session_end_info', plugin, Buffer.concat([int(1, 0), bytes(4, info)]));
}

/** google.protobuf.Value: number 2, string 3, bool 4. */
function protobufValue(value: HparamValue): Buffer {
  if (typeof value === 'number') return double(2, value);
  return typeof value === 'boolean' ? int(4, value ? 1 : 0) : bytes(3, value);
}
