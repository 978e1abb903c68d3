import { factName, factValue } from './fact-words'
import type { Run } from './run-state'
import type { Difference, Facts, Seen, Subject } from './seen'
import { subjectOfStep } from './subject-of-step'

/**
 * What somebody else changes on purpose, by kind. Numbers that move by themselves (running tasks, registered instances) say nothing about
 * whether what a run made is still as it made it.
 */
const lasting: Readonly<Record<Subject['kind'], readonly string[]>> = {
  cluster: ['status', 'activeServices'],
  service: ['status', 'desiredCount', 'taskDefinitionArn', 'deploymentId'],
  task: [],
  'task definition': [],
  namespace: ['id', 'discoveryServices'],
  'discovery service': ['id'],
}

/** What an undo of this run would touch, each once. `resolved` replaces the references of an input. */
export function touchedByUndo(run: Run, resolved: (input: unknown) => unknown): readonly Subject[] {
  const subjects = new Map<string, Subject>()
  for (const step of run.plan.steps) {
    const made = run.steps.find(({ stepId }) => stepId === step.id)?.made === true
    const subject =
      made && step.undo.possible
        ? subjectOfStep({ command: step.command, input: resolved(step.input) })
        : null
    if (subject && lasting[subject.kind].length > 0) subjects.set(JSON.stringify(subject), subject)
  }
  return [...subjects.values()]
}

/** The facts of a subject that stay as a run left them until somebody changes them. */
export function asLeft(subject: Subject, facts: Facts | null): Seen {
  if (!facts) return { subject, facts }
  const kept = lasting[subject.kind].map((name) => [name, facts[name] ?? null] as const)
  return { subject, facts: Object.fromEntries(kept) }
}

/** `the desired count of service web was 4 and is 6`. A gone thing is named as such. */
export const changedSinceWords = (differences: readonly Difference[]): string =>
  differences
    .map(({ subject, fact, saw, is }) =>
      fact === 'exists'
        ? `${subject} ${is === 'yes' ? 'is there again' : 'is gone'}`
        : fact === 'deploymentId'
          ? `${subject} was deployed anew`
          : `the ${factName(fact)} of ${subject} was ${factValue(saw)} and is ${factValue(is)}`,
    )
    .join('; ')
