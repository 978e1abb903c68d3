import type { Readable } from 'node:stream'
import type { Clock } from '../clock'
import { makeLineSplitter } from './line-splitter'
import { afterChunk, afterLines, type OutputBudget, outputBudget, startingOutput } from './output-budget'

/** The output of one container on its way into its log stream. */
export type OutputCapture = {
  add(stream: Readable): void
  /** One line of our own. */
  note(message: string): void
  /** Writes what stands in unfinished lines, and how much was dropped last. */
  finish(): void
}

/**
 * Reads stdout and stderr of a container line by line within a budget. What is beyond is dropped and counted in a
 * line of its own, so memory and the log stay bounded however much a task writes.
 */
export function captureOutput(
  clock: Clock,
  append: (events: readonly { atMs: number; message: string }[]) => void,
  budget: OutputBudget = outputBudget,
): OutputCapture {
  let state = startingOutput(budget, clock.now())
  let dropped = 0
  const flushes: (() => string[])[] = []

  const write = (lines: readonly string[]): void => {
    if (lines.length === 0) return
    const atMs = clock.now()
    append(lines.map((message) => ({ atMs, message })))
  }
  const tellDropped = (): string[] => {
    if (dropped === 0) return []
    const note = `[local cloud] ${dropped} bytes of output were dropped here: more than ${budget.keptBytesPerSecond} bytes per second are not kept`
    dropped = 0
    return [note]
  }

  return {
    add(stream) {
      const splitter = makeLineSplitter()
      flushes.push(() => splitter.flush())
      stream.on('error', (error) => write([`[local cloud] output could not be read: ${error.message}`]))
      stream.on('data', (chunk: Buffer) => {
        const next = afterChunk(state, chunk.length, clock.now(), budget)
        state = next.state
        if (next.keep) {
          const lines = splitter.push(chunk)
          state = afterLines(state, lines.length)
          write([...tellDropped(), ...lines])
        } else {
          if (dropped === 0) write(splitter.flush())
          dropped += chunk.length
        }
        if (next.pauseMs > 0) {
          stream.pause()
          clock.after(next.pauseMs, () => stream.resume())
        }
      })
    },
    note: (message) => write([message]),
    finish() {
      write([...tellDropped(), ...flushes.flatMap((flush) => flush())])
    },
  }
}
