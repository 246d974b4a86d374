import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytes, h5, tfjs, tfjsWeights, withLayer, withWeight, zip } from './hostile-files.ts';
import { type SequentialJson, tinyFunctional, weight } from './tiny-keras.ts';

export interface HostileCase {
  readonly name: string;
  readonly code: string;
  /** @returns path to import */
  make(folder: string): Promise<string>;
}

/** What must never be imported, with the code it is refused by. */
export const hostileCases: readonly HostileCase[] = [
  {
    name: 'Lambda layer',
    code: 'network/unsupported-layer',
    make: h5('lambda', (tiny) =>
      withLayer(tiny, 'flat', (layer) => {
        layer.class_name = 'Lambda';
        layer.config.function = 'gASVCAAAAAAAAACMBHN5c3RlbQ==';
      }),
    ),
  },
  {
    name: 'custom layer',
    code: 'network/unsupported-layer',
    make: h5('custom', (tiny) =>
      withLayer(tiny, 'flat', (layer) => {
        layer.class_name = 'Custom>Evil';
      }),
    ),
  },
  {
    name: 'layer kind "constructor"',
    code: 'network/unsupported-layer',
    make: h5('constructor', (tiny) =>
      withLayer(tiny, 'flat', (layer) => {
        layer.class_name = 'constructor';
      }),
    ),
  },
  {
    name: 'layer kind "__proto__"',
    code: 'network/unsupported-layer',
    make: h5('proto', (tiny) =>
      withLayer(tiny, 'flat', (layer) => {
        layer.class_name = '__proto__';
      }),
    ),
  },
  {
    name: 'shape bomb: dense of 3e8 units',
    code: 'network/layer-setting',
    make: h5('units', (tiny) =>
      withLayer(tiny, 'answer', (layer) => {
        layer.config.units = 3e8;
      }),
    ),
  },
  {
    name: 'shape bomb: input of 100,000 pixels',
    code: 'network/too-large',
    make: h5('input', (tiny) =>
      withLayer(tiny, 'in', (layer) => {
        layer.config.batch_input_shape = [null, 100_000, 100_000, 3];
      }),
    ),
  },
  {
    name: 'shape bomb: padding of 1000 on every side, 12 times',
    code: 'network/too-large',
    make: h5('pads', (tiny) => {
      const pads = Array.from({ length: 12 }, (_, index) => ({
        class_name: 'ZeroPadding2D',
        config: { name: `pad${index}`, padding: 1000 },
      }));
      tiny.config.config.layers.splice(1, 0, ...pads);
      return tiny;
    }),
  },
  {
    name: 'tfjs shape bomb: manifest of 2^31 floats',
    code: 'network/too-large',
    make: tfjs('bomb', (model) => {
      const [first] = model.weightsManifest[0]?.weights ?? [];
      if (first) first.shape = [2 ** 31, 2 ** 20];
    }),
  },
  {
    name: 'NaN in a weight',
    code: 'network/bad-weights',
    make: h5('nan', (tiny) =>
      withWeight(tiny, 'conv/bias:0', (each) => ({ ...each, data: Float32Array.of(0, Number.NaN, 0, 0) })),
    ),
  },
  {
    name: '64-bit weights',
    code: 'network/bad-weights',
    make: h5('double', (tiny) => withWeight(tiny, 'conv/bias:0', (each) => ({ ...each, data: new Float64Array(4) }))),
  },
  {
    name: 'gzip bomb: 64 MB of zeros in a few KB',
    code: 'network/bad-weights',
    make: h5('gzip', (tiny) =>
      withWeight(tiny, 'answer/kernel:0', (each) => ({
        ...each,
        ...{ shape: [4096, 4096], data: new Float32Array(4096 * 4096), isCompressed: true },
      })),
    ),
  },
  {
    name: 'weight of another shape',
    code: 'network/bad-weights',
    make: h5('shape', (tiny) => withWeight(tiny, 'conv/bias:0', () => weight('conv/bias:0', [5]))),
  },
  {
    name: 'weight that no layer needs',
    code: 'network/bad-weights',
    make: h5('surplus', (tiny) => ({
      ...tiny,
      layers: tiny.layers.map((layer) =>
        layer.name === 'flat' ? { ...layer, weights: [weight('flat/kernel:0', [4])] } : layer,
      ),
    })),
  },
  {
    name: 'missing weight',
    code: 'network/bad-weights',
    make: h5('missing', (tiny) => ({
      ...tiny,
      layers: tiny.layers.map((layer) =>
        layer.name === 'conv' ? { ...layer, weights: layer.weights.slice(0, 1) } : layer,
      ),
    })),
  },
  {
    name: 'two layers of one name',
    code: 'network/bad-graph',
    make: h5('twice', (tiny) =>
      withLayer(tiny, 'flat', (layer) => {
        layer.config.name = 'conv';
      }),
    ),
  },
  {
    name: 'layers in a circle',
    code: 'network/bad-graph',
    make: h5(
      'circle',
      (tiny) =>
        withLayer(tiny, 'conv', (layer) => {
          layer.inbound_nodes = [[['mean', 0, 0, {}]]];
        }),
      () => tinyFunctional(2),
    ),
  },
  {
    name: 'layer that reads one that is not there',
    code: 'network/bad-graph',
    make: h5(
      'unknown',
      (tiny) =>
        withLayer(tiny, 'mean', (layer) => {
          layer.inbound_nodes = [[['ghost', 0, 0, {}]]];
        }),
      () => tinyFunctional(2),
    ),
  },
  {
    name: 'shared layer',
    code: 'network/shared-layer',
    make: h5(
      'shared',
      (tiny) =>
        withLayer(tiny, 'mean', (layer) => {
          layer.inbound_nodes = [[['conv', 0, 0, {}]], [['inner', 0, 0, {}]]];
        }),
      () => tinyFunctional(2),
    ),
  },
  {
    name: 'two inputs',
    code: 'network/many-inputs',
    make: h5(
      'inputs',
      (tiny) => {
        tiny.config.config.input_layers = [
          ['in', 0, 0],
          ['conv', 0, 0],
        ];
        return tiny;
      },
      () => tinyFunctional(2),
    ),
  },
  {
    name: 'two outputs',
    code: 'network/many-inputs',
    make: h5(
      'outputs',
      (tiny) => {
        tiny.config.config.output_layers = [
          ['answer', 0, 0],
          ['mean', 0, 0],
        ];
        return tiny;
      },
      () => tinyFunctional(3),
    ),
  },
  {
    name: 'models nested 20 deep',
    code: 'network/bad-graph',
    make: h5('deep', (tiny) => {
      let inner: SequentialJson = tiny.config;
      for (let depth = 0; depth < 20; depth++)
        inner = {
          class_name: 'Sequential',
          config: { name: `m${depth}`, layers: [{ class_name: 'Sequential', config: { ...inner.config } }] },
        };
      return { ...tiny, config: inner };
    }),
  },
  {
    name: '5,000 layers',
    code: 'network/too-large',
    make: h5('many', (tiny) => {
      tiny.config.config.layers.splice(
        1,
        0,
        ...Array.from({ length: 5000 }, (_, index) => ({
          class_name: 'Dropout',
          config: { name: `d${index}`, rate: 0.5 },
        })),
      );
      return tiny;
    }),
  },
  {
    name: 'model_config that is no JSON',
    code: 'network/bad-file',
    make: h5('json', (tiny) => ({ ...tiny, config: '{"class_name": "Sequential", ' })),
  },
  {
    name: 'HDF5 cut in half',
    code: 'network/bad-file',
    make: async (folder) => {
      const path = await h5('cut', (tiny) => tiny)(folder);
      const { readFile } = await import('node:fs/promises');
      const whole = await readFile(path);
      await writeFile(path, whole.subarray(0, whole.length / 2));
      return path;
    },
  },
  { name: 'weights only (.h5)', code: 'network/weights-only', make: h5('only', ({ layers }) => ({ layers })) },
  {
    name: 'missing shard',
    code: 'network/bad-weights',
    make: tfjs('noshard', (model) => {
      model.weightsManifest[0]?.paths.push('gone.bin');
    }),
  },
  {
    name: 'surplus bytes in a shard',
    code: 'network/bad-weights',
    make: tfjs('more', () => {}, Buffer.concat([tfjsWeights(), new Uint8Array(4)])),
  },
  {
    name: 'shard outside the folder',
    code: 'network/bad-weights',
    make: tfjs('outside', (model) => {
      model.weightsManifest[0]?.paths.splice(0, 1, '../../etc/passwd');
    }),
  },
  {
    name: 'shard that is a link',
    code: 'network/bad-weights',
    make: async (folder) => {
      const own = await tfjs('link', () => {}, null)(folder);
      await writeFile(join(folder, 'real.bin'), tfjsWeights());
      await symlink(join(folder, 'real.bin'), join(own, 'w.bin'));
      return own;
    },
  },
  {
    name: 'tfjs weight twice in the manifest',
    code: 'network/bad-weights',
    make: tfjs(
      'double',
      (model) => {
        const [group] = model.weightsManifest;
        const [, bias] = group?.weights ?? [];
        if (bias) group?.weights.push(bias);
      },
      Buffer.concat([tfjsWeights(), new Uint8Array(16)]),
    ),
  },
  {
    name: 'integer weights',
    code: 'network/bad-weights',
    make: tfjs('ints', (model) => {
      const [, bias] = model.weightsManifest[0]?.weights ?? [];
      if (bias) bias.dtype = 'int32';
    }),
  },
  {
    name: 'modelTopology null',
    code: 'network/weights-only',
    make: tfjs('notop', (model) => {
      model.modelTopology = null;
    }),
  },
  {
    name: 'tfjs graph model',
    code: 'network/graph-model',
    make: tfjs('graph', (model) => {
      model.format = 'graph-model';
      model.modelTopology = { node: [] };
    }),
  },
  {
    name: 'pickle named model.h5',
    code: 'network/pickle',
    make: bytes('pickle.h5', Buffer.from('\x80\x04\x95\x1f\0\0\0\0\0\0\0\x8c\x05posix\x94\x8c\x06system', 'latin1')),
  },
  {
    name: 'PyTorch zip named model.json',
    code: 'network/pickle',
    make: bytes('torch.json', zip('archive/data.pkl', 'archive/version')),
  },
  {
    name: '.keras archive',
    code: 'network/keras-zip',
    make: bytes('model.keras', zip('metadata.json', 'config.json', 'model.weights.h5')),
  },
  {
    name: 'SavedModel folder',
    code: 'network/saved-model',
    make: async (folder) => {
      const own = join(folder, 'saved');
      await mkdir(own);
      await writeFile(join(own, 'saved_model.pb'), Uint8Array.of(8, 1, 18, 0));
      return own;
    },
  },
  { name: 'TFLite file', code: 'network/tflite', make: bytes('m.tflite', Buffer.from('\x1c\0\0\0TFL3....', 'latin1')) },
  {
    name: 'ONNX file',
    code: 'network/onnx-file',
    make: bytes('m.onnx', Buffer.from('\x08\x08\x12\x07pytorch', 'latin1')),
  },
  { name: 'empty file', code: 'network/not-recognised', make: bytes('empty.h5', '') },
  { name: 'text named model.h5', code: 'network/not-recognised', make: bytes('text.h5', 'hello') },
];
