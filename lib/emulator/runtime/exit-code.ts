import { constants } from 'node:os'

/** A container's exit code as Docker tells it: a signal counts as 128 plus its number (SIGKILL 137, SIGTERM 143). */
export function exitCodeOf(code: number | null, signal: NodeJS.Signals | null): number {
  if (code !== null) return code
  return signal === null ? 255 : 128 + constants.signals[signal]
}
