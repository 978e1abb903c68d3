import { imageBaseName } from './image-name'
import type { ContainerSpec } from './runtime'

/** Images that the local cloud has a small Node program for, by the file it is in. */
type OwnProgram =
  | 'backend'
  | 'frontend'
  | 'app1'
  | 'app2'
  | 'redis-server'
  | 'yelb-db'
  | 'yelb-appserver'
  | 'yelb-ui'

type Choice = {
  readonly name: OwnProgram
  /** It plays somebody else's image, and is called a stand-in wherever it shows. */
  readonly standIn: boolean
}

/** Whether what runs is not what the image says. */
export const isStandIn = (program: Program): boolean =>
  program.kind === 'stand-in' || (program.kind === 'example' && program.standIn)

/** What a container really runs, since nothing is pulled. */
export type Program =
  /** One of our programs in `programs/`; `ignoredCommand` when the container named a command that it would need the image for. */
  | ({ readonly kind: 'example'; readonly ignoredCommand: boolean } & Choice)
  /** A command of this machine, run as it is. `node` is this very Node. */
  | { readonly kind: 'command'; readonly file: string; readonly args: readonly string[] }
  | { readonly kind: 'stand-in'; readonly ignoredCommand: boolean }

const shellImages = new Set(['alpine', 'busybox', 'debian', 'ubuntu', 'bash', 'amazonlinux'])

const exampleOf = (name: string): Choice | undefined => {
  if (name === 'backend-api' || name.endsWith('kecs-example-backend'))
    return { name: 'backend', standIn: false }
  if (name === 'frontend-web' || name.endsWith('kecs-example-frontend'))
    return { name: 'frontend', standIn: false }
  if (name === 'app1' || name === 'app2') return { name, standIn: false }
  if (name === 'yelb-db' || name === 'yelb-appserver' || name === 'yelb-ui') return { name, standIn: true }
  return name === 'redis' ? { name: 'redis-server', standIn: true } : undefined
}

// The official image's entry point puts `node` in front of flags and of scripts, and runs anything else as it is.
const withNode = (words: readonly string[]): readonly string[] =>
  /^-|\.[cm]?[jt]s$/.test(words[0] ?? '') ? ['node', ...words] : words

// The official bash image does the same with `bash`.
const withBash = (words: readonly string[]): readonly string[] =>
  words[0]?.startsWith('-') ? ['bash', ...words] : words

/**
 * Decides what a container runs: an example program, a command of this machine (images `node`, `alpine`, `busybox`,
 * `debian`, `ubuntu`, `bash`, `amazonlinux` with a command or entry point), or else the stand-in.
 */
export function chooseProgram(container: Pick<ContainerSpec, 'image' | 'entryPoint' | 'command'>): Program {
  const name = imageBaseName(container.image)
  const words = [...container.entryPoint, ...container.command]
  const example = exampleOf(name)
  if (example) return { kind: 'example', ...example, ignoredCommand: words.length > 0 }
  if (words.length === 0) return { kind: 'stand-in', ignoredCommand: false }

  const bare = container.entryPoint.length === 0
  let full: readonly string[] | undefined
  if (name === 'node') full = bare ? withNode(words) : words
  else if (name === 'bash') full = bare ? withBash(words) : words
  else if (shellImages.has(name)) full = words
  const [file, ...args] = full ?? []
  return file === undefined ? { kind: 'stand-in', ignoredCommand: true } : { kind: 'command', file, args }
}
