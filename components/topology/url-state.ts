import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs'

const groupModes = ['namespace', 'cluster', 'flat'] as const

const viewModes = ['map', 'table'] as const
export const states = ['bad', 'warn', 'busy', 'ok', 'off'] as const

/** What one looks at, in the address: a link shows a colleague the same thing. */
export const mapUrl = {
  /** Node, edge, namespace or cluster id. */
  selected: parseAsString,
  /** An instance of the selected service. */
  instance: parseAsString,
  group: parseAsStringLiteral(groupModes).withDefault('namespace'),
  view: parseAsStringLiteral(viewModes).withDefault('map'),
  q: parseAsString.withDefault(''),
  states: parseAsArrayOf(parseAsStringLiteral(states)).withDefault([]),
  /** Service id the call drawer aims at; absent: the drawer is closed. */
  call: parseAsString,
}
