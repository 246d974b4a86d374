import { metricsSchema } from '../../../src/pipeline/domain/metrics.ts';
import { paramsSchema } from '../../../src/pipeline/domain/params.ts';
import { computeMetrics, plotData } from '../../../src/pipeline/metrics/index.ts';
import {
  batchReportHtml,
  confusionSvg,
  learningCurvesSvg,
  metricsTable,
  overlaidCurvesSvg,
  reliabilitySvg,
  rocSvg,
  runsReportHtml,
  studyPlots,
  studyReportHtml,
} from '../../../src/pipeline/reports/index.ts';

/** Strings that file names, tags and model cards have been seen to attack with. */
export const payloads = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg/onload=alert(1)>",
  '" onmouseover="alert(1)" x="',
  "' autofocus onfocus='alert(1)",
  '</title><script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  '</text></svg><script>alert(1)</script>',
  ']]><script>alert(1)</script>',
  '<!--<script>alert(1)//-->',
  '--><script>alert(1)</script><!--',
  '<?xml-stylesheet href="javascript:alert(1)"?>',
  '<!DOCTYPE x [<!ENTITY a "b">]>&a;',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#x3c;script&#x3e;alert(1)&#60;/script&#62;',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<object data="javascript:alert(1)">',
  '<base href="https://example.invalid/">',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  '<link rel=stylesheet href=//example.invalid/x.css>',
  '<a href="javascript:alert(1)">x</a>',
  '<math><mi xlink:href="data:x,<script>alert(1)</script>">',
  '<foreignObject><body onload=alert(1)></foreignObject>',
  '<animate attributeName=href values=javascript:alert(1) />',
  '<use href="data:image/svg+xml,<svg onload=alert(1)>"/>',
  '`><img src=x onerror=alert(1)>',
  '\u0024{alert(1)}',
  '{{constructor.constructor("alert(1)")()}}',
  '\\"><script>alert(1)</script>',
  '\u0000<script>alert(1)</script>',
  '<scr\u0000ipt>alert(1)</scr\u0000ipt>',
  '\u202egnp.<script>alert(1)</script>',
  '\ud800<script>alert(1)</script>',
  '\ufffe\uffff<b>',
  '\u2028<script>alert(1)</script>',
  '\u001b[31mred\u001b[0m\u001b]0;title\u0007',
  '\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>',
  'ＬＴ＜script＞alert(1)＜/script＞',
  '+ADw-script+AD4-alert(1)+ADw-/script+AD4-',
  '<img src="x` `<script>alert(1)</script>"` `>',
  '<style>@import "//example.invalid/x.css";</style>',
  'expression(alert(1))',
  '"); background: url(//example.invalid/x.png); (',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<template><script>alert(1)</script></template>',
  '<form action="//example.invalid"><button>go</button></form>',
  '<video><source onerror="alert(1)">',
  '<details open ontoggle=alert(1)>',
  '<input autofocus onfocus=alert(1)>',
  '<marquee onstart=alert(1)>',
  '<body onload=alert(1)>',
  '<bdi dir=rtl></bdi></td></tr></table><h1>All clear</h1>',
  '=HYPERLINK("https://example.invalid")',
  '%3Cscript%3Ealert(1)%3C/script%3E',
  '\\u003cscript\\u003ealert(1)\\u003c/script\\u003e',
  '𝕏<script>alert(1)</script>',
  '<ﬁgure onclick=alert(1)>',
  '<x contenteditable onblur=alert(1)>lose focus</x>',
] as const;

/** Every document that reports can write, with `text` in every string field. */
export function documentsWith(text: string): { html: string[]; svg: string[]; terminal: string } {
  const classes = [`${text}`, `${text}2`];
  const predictions = [0, 1, 0, 1].map((truth, i) => ({
    image: `${text}${i}`,
    scan: `${text}${i}`,
    group: `${text}${i}`,
    truth,
    probabilities: truth === 0 ? [0.7, 0.3] : [0.4, 0.6],
  }));
  const computed = computeMetrics(predictions, classes, {
    part: text,
    honesty: 'leaky',
    protocol: 'cross-validated',
    resamples: 20,
    seed: 1,
    scanVote: 'mean',
  });
  const metrics = metricsSchema.parse({ ...computed, notice: text });
  const data = plotData(predictions, classes, 'mean');
  const plots = studyPlots(metrics, data).map((plot) => ({ ...plot, caption: text }));
  const model = { name: text, sealSha256: text, trainedOnSyntheticImages: true };
  const params = paramsSchema.parse({ backbone: { name: text, weights: text, features: [text] } });
  const epochs = [
    { epoch: 1, loss: 1, balanced_accuracy: 0.3, validation_loss: null, validation_balanced_accuracy: null },
  ];
  const row = { file: text, image: text, scan: text, class: text, probability: 0.5, code: text, reason: text };
  const review = { decision: 'correct' as const, class: text, reader: text, at: text };
  const run = { id: text, name: text, kind: text, startedAt: text, endedAt: text, tags: [text], notes: text, epochs };
  const ended = { ...run, outcome: 'completed' as const, leaky: true, metrics };
  const fact = { key: text, part: text, values: [text, null], differs: true };
  const estimates = [{ value: 0.5, low: 0.4, high: 0.6 }, null];
  const figure = { title: text, level: 'scan' as const, class: text, better: null, values: estimates, best: 0 };
  const runsReport = {
    createdAt: text,
    runs: [ended, ended],
    facts: [fact, { ...fact, differs: false }],
    figures: [figure],
    warnings: [text],
  };
  return {
    html: [
      runsReportHtml(runsReport),
      runsReportHtml({ ...runsReport, runs: [ended] }),
      studyReportHtml({ model, metrics, params, plots }),
      batchReportHtml({
        source: text,
        createdAt: text,
        model,
        rows: (['answered', 'review', 'refused'] as const).map((state) => ({ ...row, state, review })),
        scans: [{ scan: text, class: text, probability: 0.5, images: 2, keySlices: [text, text] }],
      }),
    ],
    svg: [
      ...plots.map((plot) => plot.svg),
      confusionSvg(classes, metrics.confusion.matrix, text),
      rocSvg(data.slice.roc, text),
      reliabilitySvg(data.slice.reliability, text),
      learningCurvesSvg(epochs, text),
      overlaidCurvesSvg([{ label: text, epochs }], text),
    ],
    terminal: metricsTable(metrics),
  };
}
