import type { Calibration, ModelCard } from '../../domain/sealed-model.ts';

/** The model card as Markdown, for people who open the folder without the program. */
export function cardText(card: ModelCard, calibration: Calibration): string {
  const counts = card.classes.map((name) => {
    const count = card.counts[name];
    return `| ${name} | ${count?.images ?? 0} | ${count?.scans ?? 0} | ${count?.groups ?? 0} |`;
  });
  const metrics = Object.entries(card.metrics).map(
    ([name, value]) => `| ${name} | ${value === null ? 'not defined' : value.toFixed(4)} |`,
  );
  const lines = [
    `# ${card.title}`,
    '',
    `**${card.notice}**`,
    '',
    ...(card.honesty === 'leaky' ? ['**Leaky split: the figures below measure memory, not skill.**', ''] : []),
    `Trained on: ${card.trained_on}`,
    '',
    card.data_notice,
    '',
    `Backbone: ${card.backbone}. Made ${card.created_at} with version ${card.code_version}.`,
    `Answers below a probability of ${calibration.review_below} are marked for review.`,
    '',
    '| class | images | scans | patient groups |',
    '|---|---|---|---|',
    ...counts,
    '',
    ...(metrics.length > 0 ? ['| figure | value |', '|---|---|', ...metrics, ''] : []),
  ];
  return lines.join('\n');
}
