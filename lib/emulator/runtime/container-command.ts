import { chooseProgram, isStandIn } from './choose-program'
import type { ContainerSpec } from './runtime'

/** What to spawn for a container. */
export type ContainerCommand = {
  readonly file: string
  readonly args: readonly string[]
  readonly standIn: boolean
  /** The program itself is Node, so it can watch for the end of the local cloud through a pipe of its own. */
  readonly isNode: boolean
  /** For the container's log, when something is not as it would be in the image. */
  readonly note?: string
}

const ignored = (container: ContainerSpec): string =>
  `[local cloud] the command of this container is not run: it needs the image ${container.image}, and nothing is pulled`

/** From a container to the command line of its process; `programs` is the folder of our own programs. */
export function containerCommand(
  container: ContainerSpec,
  world: { readonly nodePath: string; programPath(name: string): string },
): ContainerCommand {
  const program = chooseProgram(container)
  if (program.kind === 'command') {
    const isNode = program.file === 'node'
    return { file: isNode ? world.nodePath : program.file, args: program.args, standIn: false, isNode }
  }
  const name = program.kind === 'example' ? program.name : 'stand-in'
  return {
    file: world.nodePath,
    args: [world.programPath(name)],
    standIn: isStandIn(program),
    isNode: true,
    ...(program.ignoredCommand ? { note: ignored(container) } : {}),
  }
}
