import type { Contract } from '../../../../pipeline/domain/contract.ts';
import type {
  ChannelOrder,
  NetworkFacts,
  Range,
  StatedContract,
  statedRoundings,
} from '../../../../pipeline/domain/import-network.ts';
import { contractOf } from '../../../../pipeline/domain/way-contract.ts';
import type { Input } from '../../../api.ts';

type Wish = Input<'networks/import'>;

/** What is written in the form; empty text: not stated. */
export interface Form {
  readonly as: 'classifier' | 'backbone';
  readonly title: string;
  readonly fold: boolean;
  readonly classes: string;
  readonly resize: Contract['resize'] | '';
  readonly range: Extract<Range, string> | '';
  readonly channels: ChannelOrder | '';
  readonly rounding: (typeof statedRoundings)[number] | '';
  readonly crop: Contract['crop'];
  readonly padding: Contract['padding'];
  /** Compare with what the network said elsewhere. */
  readonly compares: boolean;
  readonly images: string;
  readonly predictions: string;
}

export const emptyForm: Form = {
  as: 'classifier',
  title: '',
  fold: true,
  classes: '',
  resize: '',
  range: '',
  channels: '',
  rounding: '',
  crop: 'none',
  padding: 'none',
  compares: false,
  images: '',
  predictions: '',
};

export function classesOf({ classes }: Form): string[] {
  return classes
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

export function statedOf(form: Form): StatedContract {
  const { resize, range, channels, rounding, crop, padding } = form;
  const classes = classesOf(form);
  return {
    ...{ crop, padding, domains: ['display'] },
    ...(resize === '' ? {} : { resize }),
    ...(range === '' ? {} : { range }),
    ...(channels === '' ? {} : { channels }),
    ...(rounding === '' ? {} : { rounding }),
    ...(classes.length < 2 ? {} : { classes }),
  };
}

/** The contract as far as it is stated; undefined while something is left to be found. */
export function contractOfForm(form: Form, { input }: NetworkFacts): Contract | undefined {
  const { resize, range, rounding, channels } = form;
  if (resize === '' || range === '') return undefined;
  const way = {
    resize,
    range,
    rounding: rounding === '' ? 'none' : rounding,
    channels: channels === '' ? 'rgb' : channels,
  } as const;
  return contractOf(statedOf(form), way, { classes: classesOf(form), size: input.size, depth: input.channels });
}

/** Why it cannot be imported yet; null: it can. */
export function lacking(form: Form, facts: NetworkFacts): string | null {
  if (form.title.trim() === '') return 'Give it a name.';
  if (form.as === 'backbone') return form.range === '' ? 'State the range of values.' : null;
  const classes = classesOf(form).length;
  const needed = facts.classifier?.classes ?? 0;
  if (classes > 0 && classes !== needed) return `The network has ${needed} classes, ${classes} are named.`;
  if (form.compares) return form.images === '' || form.predictions === '' ? 'Name the pictures and the table.' : null;
  if (classes === 0) return 'Name the classes in the order of the answers.';
  return form.resize === '' || form.range === ''
    ? 'State resize rule and range, or compare with reference predictions.'
    : null;
}

export function wishOf(form: Form, path: string, size: number | null): Wish {
  const { as, title, fold, compares, images, predictions } = form;
  const reference = compares && as === 'classifier' ? { images, predictions } : null;
  return { path, as, title: title.trim(), size, fold, stated: statedOf(form), reference };
}
