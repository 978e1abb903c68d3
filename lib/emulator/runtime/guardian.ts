import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import type { Log } from '../context'

/** Outlives the local cloud by a moment, to end what it leaves behind. */
export type Guardian = {
  /** Belongs to the environment of every process that it is to find: one that was just being started could not be told of. */
  readonly environment: Readonly<Record<string, string>>
  /** This process group is to be killed when the local cloud dies. */
  watch(groupId: number): void
  forget(groupId: number): void
  stop(): Promise<void>
}

// Reads `+ group` and `- group`; the end of its input is the end of the local cloud, even after kill -9, since the
// kernel closes the pipe. It ignores signals, so that Ctrl-C at a terminal does not take it first. A process that the
// local cloud was starting at its very end has not been told to anybody. It is known by its environment where there is
// /proc, and it is there by now: until a new process is on its own, it holds the pipe open too.
const script = `trap '' TERM INT HUP
groups=' '
while read -r sign group; do
  case $sign in
    +) groups="$groups$group " ;;
    -) rest=' '
       for one in $groups; do [ "$one" = "$group" ] || rest="$rest$one "; done
       groups=$rest ;;
  esac
done
# Without "--" before the group: dash takes that for an error.
for one in $groups; do kill -KILL "-$one" 2>/dev/null; done
for one in $(grep -lszxF "$1" /proc/[0-9]*/environ); do
  one=\${one#/proc/}
  kill -KILL "\${one%/environ}" 2>/dev/null
done
exit 0`

const markName = 'SWITCHBOARD_GUARDED_AS'

/**
 * Starts the watcher: one small `sh` per local cloud, in a session of its own. If somebody kills it, it is started
 * again and told everything.
 */
export function startGuardian(log: Log): Guardian {
  const groups = new Set<number>()
  const mark = randomUUID()
  let stopped = false
  let current: ChildProcess = start()

  function start(): ChildProcess {
    const child = spawn('sh', ['-c', script, 'switchboard-guardian', `${markName}=${mark}`], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    // A write to a watcher that was just killed fails here; `exit` follows and starts the next one.
    child.stdin.on('error', (error) => log('warn', `The watcher of task processes: ${error.message}`))
    child.on('error', (error) =>
      log('error', `No watcher for task processes (${error.message}); a kill -9 would leave them behind.`),
    )
    child.once('exit', () => {
      if (stopped) return
      log('warn', 'The watcher of task processes was killed; starting it again.')
      current = start()
    })
    for (const groupId of groups) child.stdin.write(`+ ${groupId}\n`)
    return child
  }

  return {
    environment: { [markName]: mark },
    watch(groupId) {
      // Group 0 or 1 would mean ourselves or everybody.
      if (!Number.isInteger(groupId) || groupId < 2)
        throw new Error(`${groupId} is no process group of a task.`)
      groups.add(groupId)
      current.stdin?.write(`+ ${groupId}\n`)
    },
    forget(groupId) {
      if (groups.delete(groupId)) current.stdin?.write(`- ${groupId}\n`)
    },
    stop() {
      stopped = true
      return new Promise((resolve) => {
        if (current.exitCode !== null || current.signalCode !== null || current.pid === undefined)
          return resolve()
        current.once('exit', () => resolve())
        current.stdin?.end()
      })
    },
  }
}
