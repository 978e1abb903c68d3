import type { CreateStep } from './creates'
import { type Fields, inputOf, isFields, isList, member, refsIn, textOf } from './value'

const isNamespace = (step: CreateStep) => step.command.endsWith('Namespace')

const connectOf = (input: Fields): Fields | null => {
  const connect = member(input, 'serviceConnectConfiguration')
  return isFields(connect) && member(connect, 'enabled') === true ? connect : null
}

const offers = (input: Fields) => {
  const connect = connectOf(input)
  const services = connect && member(connect, 'services')
  return isList(services ?? undefined) && Array.isArray(services) && services.length > 0
}

/** Whether a step names something by its name that an earlier step makes. */
function namesIt(step: CreateStep, input: Fields, earlier: CreateStep, made: Fields): boolean {
  if (step.command === 'ecs:CreateService') {
    if (earlier.command === 'ecs:CreateCluster') {
      const cluster = member(input, 'cluster') ?? 'default'
      return cluster === (textOf(made, 'clusterName') ?? 'default')
    }
    if (earlier.command === 'ecs:RegisterTaskDefinition') {
      const family = textOf(made, 'family')
      return family !== null && textOf(input, 'taskDefinition')?.split(':')[0] === family
    }
    const connect = connectOf(input)
    if (isNamespace(earlier) && connect) return namesNamespace(connect, made)
    // A client gets the endpoints that exist when it is deployed (ECS developer guide, Service Connect, "Deployment order").
    if (earlier.command === 'ecs:CreateService') return connect !== null && offers(made)
  }
  if (step.command === 'ecs:CreateCluster' && isNamespace(earlier)) {
    const defaults = member(input, 'serviceConnectDefaults')
    return isFields(defaults) && namesNamespace(defaults, made)
  }
  return false
}

function namesNamespace(fields: Fields, made: Fields): boolean {
  const name = textOf(made, 'Name')
  return name !== null && textOf(fields, 'namespace') === name
}

/**
 * The earlier steps that a step needs without a reference to them, as ids: what it names by name, and Service Connect servers before
 * their clients. Languages that order by references alone need these said.
 */
export function dependenciesOf(steps: readonly CreateStep[]): ReadonlyMap<string, readonly string[]> {
  const inputs = steps.map(inputOf)
  return new Map(
    steps.map((step, index) => {
      const input = inputs[index] ?? {}
      const referred = new Set(refsIn(input).map((ref) => ref.$ref.step))
      const needed = steps
        .slice(0, index)
        .filter((earlier, at) => !referred.has(earlier.id) && namesIt(step, input, earlier, inputs[at] ?? {}))
      return [step.id, needed.map((earlier) => earlier.id)]
    }),
  )
}
