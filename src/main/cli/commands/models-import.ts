import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { resizeRules } from '../../../pipeline/domain/contract.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { rangeNames, type StatedContract } from '../../../pipeline/domain/import-network.ts';
import { sealFile } from '../../../pipeline/domain/sealed-model.ts';
import { type ImportWish, importNetwork, inspectNetwork } from '../../models/import-network.ts';
import { verifyModel } from '../../models/verify.ts';
import { keepVersion } from '../../registry/register.ts';
import { keysPlace } from '../../registry/signing/place.ts';
import { requireTrusted } from '../../registry/signing/policy.ts';
import type { Study } from '../../studies/study.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { type CliContext, printResult } from '../context.ts';
import { factsText, importText } from '../import/describe.ts';
import { statedContract } from '../import/stated.ts';
import { withStudy } from '../study.ts';

const text = z.string().min(1).optional();
const options = z.object({
  ...workspaceOption,
  network: z.string().min(1),
  as: z.enum(['classifier', 'backbone']).default('classifier'),
  name: text,
  size: z.coerce.number().int().min(16).max(1024).optional(),
  contract: text,
  resize: text,
  range: text,
  mean: text,
  std: text,
  channels: text,
  rounding: text,
  crop: text,
  padding: text,
  classes: text,
  images: text,
  reference: text,
  batchNorm: z.enum(['fold', 'keep']).default('fold'),
  inspect: z.boolean().default(false),
});
type Options = z.infer<typeof options>;

export const modelsImport = defineCommand({
  name: 'models import',
  summary: 'takes in a Keras .h5, a tfjs layers-model or a sealed model; exit 4 when its preprocessing is not found',
  options,
  configure(command) {
    command
      .argument('<network>', 'file or folder of the network')
      .option('--as <use>', 'classifier (sealed and kept) or backbone (a head is trained on it here)', 'classifier')
      .option('--inspect', 'only says what it is')
      .option('--name <name>', 'title of the model, or folder of the backbone below backbones/')
      .option('--size <pixels>', 'height and width, where the network leaves them free')
      .option('--batch-norm <how>', 'fold into the convolutions before, or keep', 'fold')
      .option('--contract <yaml>', 'how pictures become numbers, with the keys of the options below')
      .option('--resize <rule>', resizeRules.join(', '))
      .option('--range <range>', rangeNames.join(', '))
      .option(
        '--mean <levels>',
        'instead of --range: grey 0..255 that becomes 0; three with commas for red, green, blue',
      )
      .option('--std <levels>', 'with --mean: grey levels that become 1')
      .option('--channels <order>', 'rgb, bgr or grey')
      .option('--rounding <how>', 'none, byte (once, as NumPy) or each-pass (as Pillow)')
      .option('--crop <rule>', 'body or none')
      .option('--padding <rule>', 'square or none')
      .option('--classes <names>', 'in the order of the answers, with commas between them')
      .option('--images <folder>', 'pictures that the reference speaks of')
      .option('--reference <csv>', 'table file,p_<class>… with its answers: what is not stated is found by trying');
    addWorkspaceOption(command);
  },
  run: importGiven,
});

/** @returns 0; 4 when no contract repeats the reference */
async function importGiven(given: Options, context: CliContext): Promise<number> {
  const network = resolve(context.cwd, given.network);
  if (given.inspect) {
    const facts = await inspectNetwork(context, network, given.size);
    printResult(context, facts, factsText(facts));
    return 0;
  }
  return withStudy(context, given.workspace, async (study) => {
    if (existsSync(join(network, sealFile))) return importSealed(study, context, network);
    const wish = wishOf(given, context, network, await statedContract(given, context.cwd));
    const outcome = await importNetwork(study, context, wish);
    printResult(context, outcome, importText(outcome));
    return outcome.imported === null ? 4 : 0;
  });
}

function wishOf(given: Options, { cwd }: CliContext, network: string, stated: StatedContract): ImportWish {
  const { as, images, reference, size, batchNorm } = given;
  if ((images === undefined) !== (reference === undefined)) {
    throw new HilumError('usage/bad-option', { what: 'Name both --images and --reference, or neither' });
  }
  const compared =
    images === undefined || reference === undefined
      ? undefined
      : { images: resolve(cwd, images), predictions: resolve(cwd, reference) };
  const title = given.name ?? basename(network).replace(/\.[A-Za-z0-9]{1,5}$/, '');
  return { network, as, title, size, fold: batchNorm === 'fold', stated, reference: compared };
}

async function importSealed(study: Study, context: CliContext, folder: string): Promise<number> {
  const model = await verifyModel(context, folder);
  const { config, paths } = study.workspace;
  await requireTrusted({ config, state: paths.state }, folder, keysPlace(context.env));
  const added = { origin: 'imported', run: null, addedAt: context.now() } as const;
  const { version } = await keepVersion({ records: study.records, state: paths.state }, folder, added);
  const words = [
    `"${model.title}" is kept as v${version}: whole and unchanged; ${model.golden} golden answers agree.`,
    `seal     ${model.seal}`,
  ];
  printResult(context, { imported: { as: 'sealed', seal: model.seal, version } }, words.join('\n'));
  return 0;
}
