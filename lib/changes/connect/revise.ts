import type { TaskDefinitionInput } from '../task-definition-json'
import type { TaskSize } from './room'

/** A port that shall have a name, and a protocol that proxies read. */
export type PortEdit = {
  readonly container: string
  readonly containerPort: number
  readonly name: string
  readonly appProtocol: '' | 'http' | 'http2' | 'grpc'
}

export type RevisionEdits = { readonly ports: readonly PortEdit[]; readonly size: TaskSize | null }

type Mapping = NonNullable<
  NonNullable<TaskDefinitionInput['containerDefinitions']>[number]['portMappings']
>[number]

/** The tcp mapping of a container's port; null: it has none. */
export function mappingOf(
  input: TaskDefinitionInput,
  port: { readonly container: string; readonly containerPort: number },
): Mapping | null {
  const container = input.containerDefinitions?.find(({ name }) => name === port.container)
  return (
    container?.portMappings?.find(
      ({ containerPort, protocol }) =>
        containerPort === port.containerPort && (protocol === undefined || protocol === 'tcp'),
    ) ?? null
  )
}

const isAsWanted = (mapping: Mapping, { name, appProtocol }: PortEdit): boolean =>
  mapping.name === name && (mapping.appProtocol ?? '') === appProtocol

function withName(mapping: Mapping, { name, appProtocol }: PortEdit): Mapping {
  const { appProtocol: _before, ...rest } = mapping
  return { ...rest, name, ...(appProtocol === '' ? {} : { appProtocol }) }
}

/** The revision with its ports named and its size changed; null when it is so already. What is not edited stays as it is. */
export function revised(
  input: TaskDefinitionInput,
  { ports, size }: RevisionEdits,
): TaskDefinitionInput | null {
  const open = ports.filter((edit) => {
    const mapping = mappingOf(input, edit)
    return mapping !== null && !isAsWanted(mapping, edit)
  })
  if (open.length === 0 && size === null) return null
  return {
    ...input,
    ...(size === null ? {} : { cpu: String(size.cpu), memory: String(size.memoryMib) }),
    ...(open.length === 0
      ? {}
      : {
          containerDefinitions: (input.containerDefinitions ?? []).map((container) => ({
            ...container,
            ...(container.portMappings === undefined
              ? {}
              : {
                  portMappings: container.portMappings.map((mapping) => {
                    const edit = open.find(
                      (one) =>
                        one.container === container.name &&
                        one.containerPort === mapping.containerPort &&
                        mappingOf(input, one) === mapping,
                    )
                    return edit ? withName(mapping, edit) : mapping
                  }),
                }),
          })),
        }),
  }
}
