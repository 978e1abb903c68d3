import type { RunNow, Runner } from './runner'

/** A look-up of a lost answer rarely takes longer; whoever looks is not kept waiting for more. */
const PATIENCE_MS = 3_000

const isResting = ({ record }: RunNow) => record.run.state !== 'running' && record.run.state !== 'undoing'

/** A run; one that rests and is being looked up is given when that is over, or after a moment. null: there is none. */
export async function lookedUp(
  runner: Pick<Runner, 'read' | 'changed'>,
  id: string,
  signal: AbortSignal,
): Promise<RunNow | null> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)])
  let now = await runner.read(id)
  while (now?.isLive && isResting(now)) {
    const next = await runner.changed(id, now.record.version, patience)
    if (!next) return now
    now = next
  }
  return now
}
