import type { WithRefs } from '../../plan/command'
import type { Consequence, Planned, PlanStep } from '../../plan/plan'
import type { Seen } from '../../plan/seen'
import { refTo } from '../../plan/step'
import { connectNamespaceStep, namespaceFacts, namespaceRefusal } from '../create-namespace'
import type { ConnectNamespace } from '../inputs/service-connect'
import { namespaceById } from '../look-up'
import type { World } from '../world'
import { defaultNamespaceOf, namespaceNamed } from './known'

/** The namespace in which a service's names shall live. */
export type ChosenNamespace = {
  readonly arn: WithRefs<string>
  readonly name: string
  /** null: the plan makes it. */
  readonly id: string | null
  readonly steps: readonly PlanStep[]
  readonly seen: readonly Seen[]
  readonly consequences: readonly Consequence[]
}

type Refusal = Extract<Planned, { ok: false }>
type Chosen = { readonly ok: true; readonly namespace: ChosenNamespace } | Refusal

const gone = (remedy: string): Refusal => ({
  ok: false,
  code: 'NamespaceGone',
  message: 'The namespace for Service Connect is not there any more.',
  remedy,
})

function there(found: { readonly id: string; readonly arn: string; readonly name: string }): Chosen {
  const { id, arn, name } = found
  const seen: Seen = { subject: { kind: 'namespace', name }, facts: { id } }
  return { ok: true, namespace: { arn, name, id, steps: [], seen: [seen], consequences: [] } }
}

/** The namespace that the wish names, by its ARN: names may repeat. Or why it cannot be used. */
export function chooseConnectNamespace(wish: ConnectNamespace, clusterArn: string, world: World): Chosen {
  switch (wish.kind) {
    case 'default': {
      const named = defaultNamespaceOf(world, clusterArn)
      if (named === null)
        return {
          ok: false,
          code: 'NamespaceMissing',
          message: 'The cluster names no namespace for Service Connect.',
          remedy: 'Choose a namespace, or make one in this plan.',
        }
      const found = namespaceNamed(world, named)
      return found ? there(found) : gone('Choose another one; the cluster’s default was deleted.')
    }
    case 'existing': {
      const found = namespaceById(world, wish.id)
      return found ? there(found) : gone('Choose another one.')
    }
    case 'new': {
      const refused = namespaceRefusal(wish.namespace, world)
      if (refused && !refused.ok) return refused
      const step = connectNamespaceStep(wish.namespace, 'namespace')
      return {
        ok: true,
        namespace: {
          arn: refTo(step.id, 'namespaceArn'),
          name: wish.namespace.name,
          id: null,
          steps: [step],
          ...namespaceFacts(wish.namespace, world),
        },
      }
    }
  }
}
