import { HilumError } from '../../pipeline/domain/errors.ts';
import { failedGates, type GateCheck, type ModelAlias } from '../../pipeline/domain/registry.ts';
import { problemOf } from '../models/inspect.ts';
import type { Gate, GateQuestion } from './gates/gate.ts';
import { gates } from './gates/index.ts';

/** Conditions that nothing takes the place of: such a model would be refused wherever it is used. */
const neverOverridden: ReadonlySet<Gate['name']> = new Set(['whole', 'self_test', 'signature']);

export interface GateReport {
  readonly candidate: string;
  /** Null: nobody stands there. */
  readonly champion: string | null;
  readonly passed: boolean;
  readonly checks: readonly GateCheck[];
}

/**
 * Asks every gate that this alias has, whatever the others say.
 * @throws HilumError what is no answer to a gate (disk, cancelled)
 */
export async function checkGates(question: GateQuestion, alias: ModelAlias = 'champion'): Promise<GateReport> {
  const asked = gates.filter(({ ofChallenger }) => alias === 'champion' || ofChallenger);
  const checks: GateCheck[] = [];
  for (const gate of asked) checks.push(await checkOf(gate, question));
  const { candidate, champion } = question;
  return {
    candidate: candidate.name,
    champion: champion?.name ?? null,
    passed: failedGates(checks).length === 0,
    checks,
  };
}

/** The gates of these names, where the policy asks for them. */
export async function checkNamed(names: readonly Gate['name'][], question: GateQuestion): Promise<GateCheck[]> {
  const checks: GateCheck[] = [];
  for (const gate of gates) {
    if (names.includes(gate.name) && gate.isRequired(question.policy)) checks.push(await checkOf(gate, question));
  }
  return checks;
}

async function checkOf(gate: Gate, question: GateQuestion): Promise<GateCheck> {
  const about = {
    check: gate.name,
    required: gate.isRequired(question.policy),
    overridable: !neverOverridden.has(gate.name),
  };
  try {
    return { ...about, figures: {}, ...(await gate.check(question)) };
  } catch (error) {
    if (!isAboutModel(error)) throw error;
    return { ...about, passed: false, reason: problemOf(error), figures: factsOf(error) };
  }
}

function isAboutModel(error: unknown): error is HilumError {
  return error instanceof HilumError && (error.code.startsWith('model/') || error.code.startsWith('signature/'));
}

function factsOf({ code, facts }: HilumError): GateCheck['figures'] {
  const known = Object.entries(facts).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, typeof value === 'boolean' ? String(value) : value] as const],
  );
  return { code, ...Object.fromEntries(known) };
}
