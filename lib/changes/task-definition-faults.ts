import type { Fault } from './check-shape'
import { cpuLabel, fargateSizes, memoryFor, memoryLabel } from './fields/fargate-sizes'

const NAME = /^[A-Za-z0-9_-]{1,255}$/
const PORT_NAME = /^[a-z0-9_][a-z0-9_-]{0,63}$/
const MOST_CONTAINERS = 10
/** ECS service quotas: size of a task definition. */
const MOST_BYTES = 65_536
const networkModes = ['bridge', 'host', 'awsvpc', 'none']
const ranges = { interval: [5, 300], timeout: [2, 60], retries: [1, 10], startPeriod: [0, 300] } as const

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined)

/** CPU units from `256` or `.25 vCPU`, MiB from `512` or `0.5 GB`; null for anything else. */
export function sizeOf(text: string, unit: 'vcpu' | 'gb'): number | null {
  const found = new RegExp(`^\\s*(\\d*\\.?\\d+)\\s*(${unit})?\\s*$`, 'i').exec(text)
  if (!found?.[1]) return null
  const size = found[2] ? Number(found[1]) * 1_024 : Number(found[1])
  return Number.isInteger(size) && size > 0 ? size : null
}

function sizeFaults(definition: unknown): Fault[] {
  if (!listOf(field(definition, 'requiresCompatibilities')).includes('FARGATE')) return []
  const cpu = sizeOf(textOf(field(definition, 'cpu')) ?? '', 'vcpu')
  const memoryMib = sizeOf(textOf(field(definition, 'memory')) ?? '', 'gb')
  const legal = cpu === null ? [] : memoryFor(cpu)
  if (legal.length === 0)
    return [
      {
        path: 'cpu',
        message: `Fargate has ${fargateSizes.map((size) => `${size.cpu} (${cpuLabel(size.cpu)})`).join(', ')}.`,
      },
    ]
  return memoryMib !== null && legal.includes(memoryMib)
    ? []
    : [
        {
          path: 'memory',
          message: `with ${cpuLabel(cpu ?? 0)} Fargate offers ${legal.map(memoryLabel).join(', ')}.`,
        },
      ]
}

function healthCheckFaults(check: unknown, path: string): Fault[] {
  if (check === undefined) return []
  const faults: Fault[] = []
  const command = listOf(field(check, 'command'))
  if (command.length < 2 || !['CMD', 'CMD-SHELL'].includes(textOf(command[0]) ?? ''))
    faults.push({
      path: `${path}.command`,
      message: 'it starts with CMD or CMD-SHELL and has something to run.',
    })
  for (const name of ['interval', 'timeout', 'retries', 'startPeriod'] as const) {
    const value = numberOf(field(check, name))
    const [least, most] = ranges[name]
    if (value !== undefined && (value < least || value > most))
      faults.push({ path: `${path}.${name}`, message: `this is ${least} to ${most}.` })
  }
  return faults
}

function portFaults(
  port: unknown,
  path: string,
  awsvpc: boolean,
  taken: Set<string>,
  names: Set<string>,
): Fault[] {
  const faults: Fault[] = []
  const containerPort = numberOf(field(port, 'containerPort'))
  const hostPort = numberOf(field(port, 'hostPort'))
  const name = textOf(field(port, 'name'))
  const protocol = textOf(field(port, 'protocol')) ?? 'tcp'
  const appProtocol = textOf(field(port, 'appProtocol'))
  if (containerPort === undefined && field(port, 'containerPortRange') === undefined)
    faults.push({ path, message: 'a port mapping has a containerPort.' })
  if (containerPort !== undefined && (containerPort < 1 || containerPort > 65_535))
    faults.push({ path: `${path}.containerPort`, message: 'a port is 1 to 65,535.' })
  if (awsvpc && hostPort && hostPort !== containerPort)
    faults.push({
      path: `${path}.hostPort`,
      message: 'in network mode awsvpc this equals containerPort or is left out.',
    })
  if (protocol !== 'tcp' && protocol !== 'udp')
    faults.push({ path: `${path}.protocol`, message: 'this is tcp or udp.' })
  if (appProtocol !== undefined && !['http', 'http2', 'grpc'].includes(appProtocol))
    faults.push({
      path: `${path}.appProtocol`,
      message: 'this is http, http2 or grpc; leave it out for plain TCP.',
    })
  if (name !== undefined) {
    if (!PORT_NAME.test(name))
      faults.push({
        path: `${path}.name`,
        message: 'a port name has up to 64 lowercase letters, digits, _ and -.',
      })
    else if (names.has(name)) faults.push({ path: `${path}.name`, message: 'another port has this name.' })
    names.add(name)
  }
  if (awsvpc && containerPort !== undefined) {
    if (taken.has(`${containerPort}/${protocol}`))
      faults.push({
        path: `${path}.containerPort`,
        message: 'the containers of a task share one network interface: this port is taken.',
      })
    taken.add(`${containerPort}/${protocol}`)
  }
  return faults
}

function containerFaults(container: unknown, path: string, names: Set<string>): Fault[] {
  const faults: Fault[] = []
  const name = textOf(field(container, 'name')) ?? ''
  if (!NAME.test(name))
    faults.push({ path: `${path}.name`, message: 'a container has a name of letters, digits, _ and -.' })
  else if (names.has(name)) faults.push({ path: `${path}.name`, message: 'another container has this name.' })
  names.add(name)
  if (!textOf(field(container, 'image')))
    faults.push({ path: `${path}.image`, message: 'a container has an image.' })
  listOf(field(container, 'environment')).forEach((pair, index) => {
    if (!textOf(field(pair, 'name')))
      faults.push({ path: `${path}.environment[${index}].name`, message: 'a variable has a name.' })
  })
  return [...faults, ...healthCheckFaults(field(container, 'healthCheck'), `${path}.healthCheck`)]
}

/** What ECS would refuse in a task definition whose members have the right kinds (ECS API reference, RegisterTaskDefinition). Total. */
export function taskDefinitionFaults(definition: unknown): readonly Fault[] {
  const faults: Fault[] = []
  const networkMode = textOf(field(definition, 'networkMode'))
  const fargate = listOf(field(definition, 'requiresCompatibilities')).includes('FARGATE')
  if (!NAME.test(textOf(field(definition, 'family')) ?? ''))
    faults.push({ path: 'family', message: 'a task definition has a family: letters, digits, _ and -.' })
  if (networkMode !== undefined && !networkModes.includes(networkMode))
    faults.push({ path: 'networkMode', message: `this is one of ${networkModes.join(', ')}.` })
  if (fargate && networkMode !== 'awsvpc')
    faults.push({ path: 'networkMode', message: 'Fargate needs awsvpc.' })
  const containers = listOf(field(definition, 'containerDefinitions'))
  if (containers.length === 0)
    faults.push({ path: 'containerDefinitions', message: 'a task has at least one container.' })
  if (containers.length > MOST_CONTAINERS)
    faults.push({
      path: 'containerDefinitions',
      message: `a task has at most ${MOST_CONTAINERS} containers.`,
    })
  if (containers.length > 0 && containers.every((one) => field(one, 'essential') === false))
    faults.push({ path: 'containerDefinitions', message: 'at least one container must be essential.' })
  const names = new Set<string>()
  const portNames = new Set<string>()
  const taken = new Set<string>()
  containers.forEach((container, at) => {
    const path = `containerDefinitions[${at}]`
    faults.push(...containerFaults(container, path, names))
    listOf(field(container, 'portMappings')).forEach((port, index) => {
      const where = `${path}.portMappings[${index}]`
      faults.push(...portFaults(port, where, networkMode === 'awsvpc', taken, portNames))
    })
  })
  faults.push(...sizeFaults(definition))
  if (new TextEncoder().encode(JSON.stringify(definition)).length > MOST_BYTES)
    faults.push({ path: '', message: 'A task definition has at most 64 KiB.' })
  return faults
}
