import { CircleCheck, CircleMinus, CircleX } from 'lucide-react';
import { type GateCheck, gateTitles } from '../../../../pipeline/domain/registry.ts';

/** Every gate with its verdict and numbers. */
export function GateList({ checks }: { readonly checks: readonly GateCheck[] }) {
  return (
    <ul className="h-registry-gates" aria-label="Gates">
      {checks.map((each) => (
        <GateLine key={each.check} gate={each} />
      ))}
    </ul>
  );
}

const verdicts = {
  pass: { word: 'pass', icon: CircleCheck, look: 'h-registry-pass' },
  fail: { word: 'FAIL', icon: CircleX, look: 'h-registry-fail' },
  free: { word: 'not asked', icon: CircleMinus, look: 'h-soft' },
} as const;

function GateLine({ gate: { check, passed, required, reason } }: { readonly gate: GateCheck }) {
  const { word, icon: Icon, look } = verdicts[!required ? 'free' : passed ? 'pass' : 'fail'];
  return (
    <li className={look}>
      <Icon size={16} aria-hidden="true" />
      <div>
        <div>
          <strong>{gateTitles[check]}</strong>: {word}
        </div>
        <p className="h-wrap">{reason}</p>
      </div>
    </li>
  );
}
