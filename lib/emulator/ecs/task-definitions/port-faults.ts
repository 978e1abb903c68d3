import type { ContainerDefinition, NetworkMode, PortMapping } from '@aws-sdk/client-ecs'
import { type Fault, refused } from './fault'

const portNamePattern = /^[a-z0-9_][a-z0-9_-]{0,63}$/
const rangePattern = /^(\d{1,5})-(\d{1,5})$/

/** What is wrong with the port mappings of all containers of a task definition. */
export function portFaults(
  containers: readonly ContainerDefinition[],
  networkMode: NetworkMode | undefined,
): Fault[] {
  const faults: Fault[] = []
  const names = new Set<string>()
  const taken = new Set<string>()
  for (const { name: container, portMappings = [] } of containers)
    for (const mapping of portMappings) {
      faults.push(...mappingFaults(mapping, container ?? '', networkMode))
      if (mapping.name !== undefined) {
        if (!portNamePattern.test(mapping.name))
          faults.push(
            refused(
              `Invalid port mapping name '${mapping.name}' of container '${container}': up to 64 lowercase letters, digits, underscores and hyphens, and no hyphen first.`,
            ),
          )
        else if (names.has(mapping.name))
          faults.push(
            refused(
              `Port mapping names must be unique in a task definition: '${mapping.name}' is used twice.`,
            ),
          )
        names.add(mapping.name)
      }
      // In awsvpc and host mode all containers of a task share one network interface.
      if (mapping.containerPort === undefined || networkMode === undefined || networkMode === 'bridge')
        continue
      const port = `${mapping.containerPort}/${mapping.protocol ?? 'tcp'}`
      if (taken.has(port))
        faults.push(refused(`The container port ${port} is mapped twice; tasks have one network interface.`))
      taken.add(port)
    }
  return faults
}

function mappingFaults(
  { containerPort, hostPort, containerPortRange, appProtocol, protocol }: PortMapping,
  container: string,
  networkMode: NetworkMode | undefined,
): Fault[] {
  if (networkMode === 'none')
    return [refused(`Container '${container}': port mappings are not allowed with networkMode=none.`)]
  if (containerPortRange !== undefined) {
    const [from, to] = rangePattern.exec(containerPortRange)?.slice(1).map(Number) ?? []
    if (
      from === undefined ||
      to === undefined ||
      from < 1 ||
      to > 65_535 ||
      from > to ||
      hostPort !== undefined
    )
      return [refused(`Invalid containerPortRange '${containerPortRange}' of container '${container}'.`)]
    return []
  }
  const faults: Fault[] = []
  if (containerPort === undefined)
    return [refused(`Container '${container}': a port mapping needs a containerPort.`)]
  if (!isPort(containerPort))
    faults.push(refused(`Invalid containerPort ${containerPort} of container '${container}': 1 to 65535.`))
  if (hostPort !== undefined && hostPort !== 0 && !isPort(hostPort))
    faults.push(refused(`Invalid hostPort ${hostPort} of container '${container}': 0 to 65535.`))
  if ((networkMode === 'awsvpc' || networkMode === 'host') && hostPort && hostPort !== containerPort)
    faults.push(
      refused(
        `When networkMode=${networkMode}, the host ports and container ports in port mappings must match.`,
      ),
    )
  if (appProtocol !== undefined && protocol === 'udp')
    faults.push(refused(`Container '${container}': appProtocol is not supported with protocol udp.`))
  return faults
}

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535
