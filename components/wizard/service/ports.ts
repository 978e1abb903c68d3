import type { Choices } from '@/lib/changes/choices'
import { readTaskDefinitionJson } from '@/lib/changes/task-definition-json'
import type { ServiceValues } from './values'

/** A port of the task definition, as Service Connect and SRV records refer to it. */
export type TaskPort = {
  readonly container: string
  readonly port: number
  readonly protocol: string
  /** Empty: it has no name. */
  readonly name: string
}

/** The ports of the chosen task definition; null when they cannot be known here. */
export function taskPorts(
  choice: Pick<ServiceValues['taskDefinition'], 'kind' | 'arn' | 'text' | 'form'>,
  revisions: Choices['revisions'],
): readonly TaskPort[] | null {
  if (choice.kind === 'form')
    return choice.form.containers.flatMap((container) =>
      container.ports.flatMap(({ name, containerPort, protocol }) =>
        containerPort === null ? [] : [{ container: container.name, port: containerPort, protocol, name }],
      ),
    )
  if (choice.kind === 'existing') {
    const revision = revisions.find((each) => each.arn === choice.arn)
    if (!revision) return null
    return revision.containers.flatMap((container) =>
      container.ports.map((port) => ({
        container: container.name,
        port: port.containerPort,
        protocol: port.protocol,
        name: port.name ?? '',
      })),
    )
  }
  const read = readTaskDefinitionJson(choice.text)
  if (!read.ok) return null
  return (read.input.containerDefinitions ?? []).flatMap((container) =>
    (container.portMappings ?? []).map((port) => ({
      container: container.name ?? '',
      port: port.containerPort ?? 0,
      protocol: port.protocol ?? 'tcp',
      name: port.name ?? '',
    })),
  )
}

/** `http → 3000/tcp` */
export const portLabel = ({ name, port, protocol }: TaskPort): string =>
  `${name === '' ? '(no name)' : name} → ${port}/${protocol}`
