import type { DeleteClusterInput } from '../inputs/delete-cluster'
import type { DeleteDiscoveryServiceInput } from '../inputs/delete-discovery-service'
import type { DeleteNamespaceInput } from '../inputs/delete-namespace'
import type { DeleteServiceInput } from '../inputs/delete-service'
import type { RedeployInput } from '../inputs/redeploy'
import type { RunServiceTaskInput } from '../inputs/run-service-task'
import type { ScaleInput } from '../inputs/scale'
import type { StopTaskInput } from '../inputs/stop-task'

/** What a typed command leads to: a change to look at before it runs, a form, or a page. */
export type CommandAction =
  | { readonly kind: 'change'; readonly change: 'scale'; readonly input: ScaleInput }
  | { readonly kind: 'change'; readonly change: 'redeploy'; readonly input: RedeployInput }
  | { readonly kind: 'change'; readonly change: 'stop-task'; readonly input: StopTaskInput }
  | { readonly kind: 'change'; readonly change: 'run-service-task'; readonly input: RunServiceTaskInput }
  | { readonly kind: 'change'; readonly change: 'delete-service'; readonly input: DeleteServiceInput }
  | {
      readonly kind: 'change'
      readonly change: 'delete-discovery-service'
      readonly input: DeleteDiscoveryServiceInput
    }
  | { readonly kind: 'change'; readonly change: 'delete-namespace'; readonly input: DeleteNamespaceInput }
  | { readonly kind: 'change'; readonly change: 'delete-cluster'; readonly input: DeleteClusterInput }
  /** The form of a service's Service Connect. */
  | {
      readonly kind: 'connect'
      readonly clusterArn: string
      readonly serviceArn: string
      readonly name: string
      readonly way: 'as it is' | 'on' | 'off' | 'migrate'
    }
  /** The call drawer, or the editor of a service's revision; `id` is the card. */
  | { readonly kind: 'call' | 'new-revision'; readonly id: string }
  | { readonly kind: 'route'; readonly href: string }

/** One line under the field: a command that can be run, or one that wants more. */
export type Suggestion = {
  /** Unique among the suggestions. */
  readonly id: string
  /** The whole command; taken over into the field when there is no action yet. */
  readonly text: string
  /** Quieter: what it does, or what is missing. */
  readonly hint: string
  /** null: more has to be typed. */
  readonly action: CommandAction | null
}

export const MOST_SUGGESTIONS = 8

/** How well a name fits what was typed: 0 the same, 1 it starts so, 2 it holds it, 3 not at all. */
export function rankOf(name: string, typed: string): number {
  const own = name.toLowerCase()
  const wanted = typed.toLowerCase()
  if (own === wanted) return 0
  if (own.startsWith(wanted)) return 1
  return own.includes(wanted) ? 2 : 3
}

/** Those that fit, the best first. */
export function fitting<Item>(
  items: readonly Item[],
  namesOf: (item: Item) => readonly string[],
  typed: string,
): readonly Item[] {
  return items
    .map((item) => ({ item, rank: Math.min(3, ...namesOf(item).map((name) => rankOf(name, typed))) }))
    .filter(({ rank }) => rank < 3)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}
