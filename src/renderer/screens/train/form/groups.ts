import { type Field, fields, sectionOf } from './fields.ts';

export interface FieldGroup {
  readonly title: string;
  /** Always in sight. */
  readonly usual: readonly Field[];
  /** Folded: rarely changed. */
  readonly unusual: readonly Field[];
}

/** In which part of the form the sections of params.yaml stand. What has no place yet stands at the end. */
const places = [
  { title: 'Data and split', sections: ['split', 'scans'] },
  { title: 'Image', sections: ['image'] },
  { title: 'Network', sections: ['backbone', 'head'] },
  { title: 'Training', sections: ['training', 'seed'] },
  { title: 'Fine-tuning', sections: ['fine_tuning'] },
  { title: 'Augmentation', sections: ['augmentation'] },
  { title: 'Answering', sections: ['answering'] },
  { title: 'Evaluation', sections: ['evaluation', 'validation'] },
] as const;

const rarelyChanged: ReadonlySet<string> = new Set([
  'scans.same_scan',
  'scans.stray',
  'scans.near_duplicate',
  'image.domains',
  'image.padding',
  'image.resize',
  'backbone.weights',
  'training.l2',
  'training.early_stopping.metric',
  'training.label_smoothing',
  'fine_tuning.layer_decay',
  'fine_tuning.unfreeze_every',
  'fine_tuning.mixup',
  'augmentation.cut_out',
  'augmentation.flip',
  'seed',
  'evaluation.resamples',
]);

export const groups: readonly FieldGroup[] = [
  ...places.map(({ title, sections }) => groupOf(title, sections)),
  groupOf('Other', [...new Set(fields.map(sectionOf))].filter(isHomeless)),
].filter(({ usual, unusual }) => usual.length + unusual.length > 0);

function groupOf(title: string, names: readonly string[]): FieldGroup {
  const own = names.flatMap((name) => fields.filter((field) => sectionOf(field) === name));
  return {
    title,
    usual: own.filter(({ path }) => !rarelyChanged.has(path)),
    unusual: own.filter(({ path }) => rarelyChanged.has(path)),
  };
}

function isHomeless(section: string): boolean {
  return !places.some(({ sections }) => sections.some((each) => each === section));
}
