import { type CheckedTask, innerPlaceOf } from './http-check'
import type { HttpCheck } from './http-check-flags'
import { httpCheckOf } from './http-check-words'
import { shellWords } from './shell-words'

/** How a container's health check is really made. */
export type HealthPlan =
  | { readonly kind: 'http'; readonly check: HttpCheck }
  /** Runs with the task's environment; not in a container, so its `localhost` was replaced by the task's address. */
  | { readonly kind: 'run'; readonly file: string; readonly args: readonly string[] }
  /** `["NONE"]`, or a form that Docker ignores. */
  | { readonly kind: 'none' }

/** Names of the task itself; in a container `localhost` is the container, and its ports are those of the application. */
const withOwnAddress = (text: string, task: Pick<CheckedTask, 'address' | 'connect'>): string =>
  text.replace(
    /(?<![\w.-])(?:localhost|127\.0\.0\.1)(?![\w.-])(?=(?::(\d{1,5}))?)/g,
    (_name, port: string | undefined) =>
      port === undefined ? task.address : innerPlaceOf(task, Number(port)),
  )

/**
 * Plans a check from its command as registered (`["CMD", …]` or `["CMD-SHELL", "…"]`). A curl or wget of one URL of the
 * task itself is made directly by HTTP; anything else runs as a process. In Node programs the preload takes care of
 * `localhost`; for all others the words `localhost` and `127.0.0.1` in the command are replaced.
 */
export function planHealthCheck(
  command: readonly string[],
  task: Pick<CheckedTask, 'address' | 'connect'> & { readonly hostname: string },
  environment: Readonly<Record<string, string>>,
): HealthPlan {
  const [form, ...rest] = command
  if (form === 'CMD' && rest.length > 0) {
    const check = httpCheckOf(rest, task)
    if (check) return { kind: 'http', check }
    const [file = '', ...args] = rest
    const own = file === 'node' ? args : args.map((one) => withOwnAddress(one, task))
    return { kind: 'run', file, args: own }
  }
  const script = rest.join(' ')
  if (form === 'CMD-SHELL' && script.trim() !== '') {
    const words = shellWords(script, environment)
    const check = words ? httpCheckOf(words, task) : undefined
    if (check) return { kind: 'http', check }
    const own = words?.[0] === 'node' ? script : withOwnAddress(script, task)
    return { kind: 'run', file: 'sh', args: ['-c', own] }
  }
  return { kind: 'none' }
}
