import type { Session, SessionEvents } from './session'

/** What a reader of a shell is told. `at` counts bytes from the shell's beginning, so that a reader can go on where it was. */
export type ShellNews =
  | { readonly type: 'output'; readonly at: number; readonly bytes: Buffer }
  | { readonly type: 'closed'; readonly reason: string }

export type ShellLimits = {
  readonly perOwner: number
  readonly inAll: number
  /** Output kept for a reader that comes (back) later. */
  readonly keptBytes: number
  /** Nothing typed for this long ends it (ECS ends its own side after 20 minutes too). */
  readonly idleMs: number
  /** Nobody reads for this long: the window was closed. */
  readonly unreadMs: number
}

export const shellLimits: ShellLimits = {
  perOwner: 3,
  inAll: 10,
  keptBytes: 256 * 1024,
  idleMs: 20 * 60_000,
  unreadMs: 30_000,
}

/** The open shells of one console. Nobody but its owner reads or writes one; ids alone open nothing. */
export type Shells = {
  /** Why this owner may not open one (more) now; null: it may. */
  refusal(owner: string): string | null
  /** `begin` connects; `ended` resolves when the shell is over. */
  open(
    owner: string,
    begin: (events: SessionEvents) => Session,
  ): { readonly id: string; readonly ended: Promise<string> }
  /** Tells everything from byte `from` on, then what comes. Gives back how to stop; null: no such shell of this owner. */
  read(id: string, owner: string, from: number, tell: (news: ShellNews) => void): (() => void) | null
  write(id: string, owner: string, bytes: Buffer): boolean
  resize(id: string, owner: string, size: { readonly cols: number; readonly rows: number }): boolean
  end(id: string, owner: string): boolean
  readonly count: number
}

type Shell = {
  readonly owner: string
  session: Session | null
  chunks: Buffer[]
  /** Where the first kept chunk begins. */
  keptFrom: number
  size: number
  closed: string | null
  readonly readers: Set<(news: ShellNews) => void>
  cancelIdle: () => void
  cancelUnread: () => void
}

export function makeShells(world: {
  /** Calls back later; gives back how to cancel. */
  after(delayMs: number, callback: () => void): () => void
  /** An id that nobody can guess. */
  makeId(): string
  readonly limits?: ShellLimits
}): Shells {
  const { limits = shellLimits } = world
  const shells = new Map<string, Shell>()
  const none = (): void => undefined

  const openOf = (owner?: string): number =>
    [...shells.values()].filter(
      (shell) => shell.closed === null && (owner === undefined || shell.owner === owner),
    ).length
  const mine = (id: string, owner: string): Shell | null => {
    const shell = shells.get(id)
    // Who has no session owns nothing.
    return shell && owner !== '' && shell.owner === owner ? shell : null
  }
  const close = (id: string, shell: Shell, reason: string): void => {
    if (shell.closed !== null) return
    shell.closed = reason
    shell.cancelIdle()
    shell.cancelUnread()
    const { session } = shell
    shell.session = null
    for (const tell of shell.readers) tell({ type: 'closed', reason })
    session?.end()
    // Long enough for a reader on its way back to see the end.
    world.after(limits.unreadMs, () => shells.delete(id))
  }
  const watchIdle = (id: string, shell: Shell): void => {
    shell.cancelIdle()
    shell.cancelIdle = world.after(limits.idleMs, () =>
      close(id, shell, `Nothing was typed for ${Math.round(limits.idleMs / 60_000)} minutes.`),
    )
  }
  const watchUnread = (id: string, shell: Shell): void => {
    shell.cancelUnread()
    shell.cancelUnread = world.after(limits.unreadMs, () => close(id, shell, 'Nobody was reading any more.'))
  }
  const keep = (shell: Shell, bytes: Buffer): void => {
    shell.chunks.push(bytes)
    shell.size += bytes.length
    while (shell.size - shell.keptFrom > limits.keptBytes && shell.chunks.length > 1) {
      const [oldest] = shell.chunks.splice(0, 1)
      shell.keptFrom += oldest?.length ?? 0
    }
  }

  return {
    refusal: (owner) =>
      owner === ''
        ? 'A shell belongs to a session, and this request has none.'
        : openOf(owner) >= limits.perOwner
          ? `You have ${limits.perOwner} shells open; end one first.`
          : openOf() >= limits.inAll
            ? `This console has ${limits.inAll} shells open, which is all it opens.`
            : null,
    open(owner, begin) {
      const id = world.makeId()
      const shell: Shell = {
        owner,
        session: null,
        chunks: [],
        keptFrom: 0,
        size: 0,
        closed: null,
        readers: new Set(),
        cancelIdle: none,
        cancelUnread: none,
      }
      shells.set(id, shell)
      let tellEnded: (reason: string) => void = none
      const ended = new Promise<string>((resolve) => {
        tellEnded = resolve
      })
      watchIdle(id, shell)
      watchUnread(id, shell)
      shell.session = begin({
        output(bytes) {
          if (shell.closed !== null) return
          const at = shell.size
          keep(shell, bytes)
          for (const tell of shell.readers) tell({ type: 'output', at, bytes })
        },
        closed({ reason }) {
          close(id, shell, reason)
          tellEnded(shell.closed ?? reason)
        },
      })
      return { id, ended }
    },
    read(id, owner, from, tell) {
      const shell = mine(id, owner)
      if (!shell) return null
      shell.cancelUnread()
      let at = shell.keptFrom
      for (const bytes of shell.chunks) {
        const rest = bytes.subarray(Math.max(0, from - at))
        if (rest.length > 0) tell({ type: 'output', at: at + bytes.length - rest.length, bytes: rest })
        at += bytes.length
      }
      if (shell.closed !== null) tell({ type: 'closed', reason: shell.closed })
      else shell.readers.add(tell)
      return () => {
        if (shell.readers.delete(tell) && shell.readers.size === 0 && shell.closed === null)
          watchUnread(id, shell)
      }
    },
    write(id, owner, bytes) {
      const shell = mine(id, owner)
      if (!shell?.session) return false
      watchIdle(id, shell)
      shell.session.write(bytes)
      return true
    },
    resize(id, owner, size) {
      const shell = mine(id, owner)
      if (!shell?.session) return false
      shell.session.resize(size)
      return true
    },
    end(id, owner) {
      const shell = mine(id, owner)
      if (!shell) return false
      close(id, shell, '')
      return true
    },
    get count() {
      return openOf()
    },
  }
}
