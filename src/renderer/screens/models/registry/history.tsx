import { failedGates, gateTitles, type Promotion } from '../../../../pipeline/domain/registry.ts';
import { formatDateTime } from '../../../format/dates.ts';
import { plural } from '../../../format/numbers.ts';
import { GateList } from './gate-list.tsx';
import { aliasWords, deedWords, versionWord } from './words.ts';

/** Every move of an alias with what the gates found then, newest first; none can be changed. */
export function PromotionHistory({ moves }: { readonly moves: readonly Promotion[] }) {
  if (moves.length === 0) return <p className="h-soft">Nothing was promoted in this workspace yet.</p>;
  return (
    <table className="h-models-table h-registry-history">
      <caption>History of the aliases, newest first</caption>
      <thead>
        <tr>
          {['When', 'What', 'By', 'Gates'].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {moves.map((move) => (
          <tr key={move.seq}>
            <td className="h-registry-when h-num">{formatDateTime(move.at)}</td>
            <td>
              {aliasWords[move.alias]} {deedWords[move.deed]}: {versionWord(move.previous)} to{' '}
              {versionWord(move.version)}
            </td>
            <td className="h-registry-reader h-cut">{move.reader}</td>
            <td className="h-wrap">
              <Gates move={move} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Gates({ move: { gates, override } }: { readonly move: Promotion }) {
  const failed = failedGates(gates).map(({ check }) => gateTitles[check]);
  return (
    <>
      {override === null ? null : (
        <p className="h-registry-fail">
          Overridden ({failed.join(', ')}): {override}
        </p>
      )}
      {gates.length === 0 ? (
        <span className="h-soft">none asked</span>
      ) : (
        <details>
          <summary>{plural(gates.length, 'gate')} asked</summary>
          <GateList checks={gates} />
        </details>
      )}
    </>
  );
}
