import { channelLimits, openDataChannel } from '@/lib/emulator/exec/data-channel'
import type { ExecProgramEvents, TerminalSize } from '@/lib/emulator/runtime/exec-program'
import { startSession } from '@/lib/exec/session'
import { makeManualClock } from './manual-clock'

/** What becomes of a frame on its way. */
export type Fate = 'arrives' | 'is lost' | 'is late' | 'comes twice'

/** The console's client and the local cloud's agent, joined by a line on which a test decides what happens to every frame. */
export function makeExecLine(fate: (direction: 'up' | 'down', frame: Buffer) => Fate = () => 'arrives') {
  const clock = makeManualClock()
  let ids = 0
  const uuid = () => `00000000-0000-4000-8000-${String(ids++).padStart(12, '0')}`
  const program = {
    events: undefined as ExecProgramEvents | undefined,
    startedWith: undefined as TerminalSize | undefined,
    sizes: [] as TerminalSize[],
    written: [] as Buffer[],
    paused: 0,
    resumed: 0,
    killed: 0,
  }
  const output: Buffer[] = []
  const closed: { readonly clean: boolean; readonly reason: string }[] = []
  const agent = { ended: 0, closed: false }
  let isUp = true

  const carry = (direction: 'up' | 'down', frame: Buffer, deliver: (frame: Buffer) => void): void => {
    if (!isUp) return
    const what = fate(direction, frame)
    if (what === 'is lost') return
    if (what === 'is late') return void clock.after(1_500, () => isUp && deliver(frame))
    deliver(frame)
    if (what === 'comes twice') deliver(frame)
  }
  /** As sockets do: never within the call itself. */
  const soon = (work: () => void): void => void clock.after(1, work)

  const channel = openDataChannel({
    sessionId: 'ecs-execute-command-test',
    clock,
    ids: { uuid },
    limits: channelLimits,
    wire: {
      send: (frame) => soon(() => carry('down', frame, (one) => session.receive(one, true))),
      close: () => {
        agent.closed = true
        soon(() => session.disconnected('closed'))
      },
    },
    start(size, events) {
      program.startedWith = size
      program.events = events
      return {
        write: (bytes) => program.written.push(bytes),
        resize: (to) => program.sizes.push(to),
        pause: () => program.paused++,
        resume: () => program.resumed++,
        kill: () => program.killed++,
      }
    },
    onEnded: () => agent.ended++,
  })
  const session = startSession(
    'token',
    { cols: 120, rows: 40 },
    {
      sendText: () => undefined,
      send: (frame) => soon(() => carry('up', frame, (one) => channel.receive(one))),
      close: () => soon(() => channel.disconnected()),
    },
    { now: clock.now, after: clock.after, makeUuid: uuid },
    { output: (bytes) => output.push(bytes), closed: (end) => closed.push(end) },
  )
  return {
    clock,
    channel,
    session,
    program,
    agent,
    closed,
    text: () => Buffer.concat(output).toString(),
    typed: () => Buffer.concat(program.written).toString(),
    cut: () => {
      isUp = false
    },
  }
}
