import type { Topology } from '../topology/model'
import { connectSuggestions, migrateSuggestions } from './command-line/connect'
import { deleteSuggestions } from './command-line/deletions'
import {
  callSuggestions,
  redeploySuggestions,
  revisionSuggestions,
  runSuggestions,
  scaleSuggestions,
  stopSuggestions,
} from './command-line/services'
import { MOST_SUGGESTIONS, rankOf, type Suggestion } from './command-line/suggestion'
import { gallery } from './examples/all'

export type { CommandAction, Suggestion } from './command-line/suggestion'

const wizards = [
  { name: 'namespace', href: '/create/namespace', hint: 'where names live' },
  { name: 'discovery service', href: '/create/discovery-service', hint: 'a name in a namespace' },
  { name: 'service', href: '/create/service', hint: 'tasks that are kept running' },
  { name: 'cluster', href: '/create/cluster', hint: 'where services run' },
] as const

/** `create namespace production.local` */
function createSuggestions(words: readonly string[]): readonly Suggestion[] {
  const typed = words.join(' ').toLowerCase()
  return wizards
    .filter(({ name }) => name.startsWith(typed) || typed.startsWith(`${name} `))
    .map(({ name, href, hint }) => {
      const rest = typed.startsWith(`${name} `) ? words.slice(name.split(' ').length).join(' ') : ''
      return {
        id: `create ${name}`,
        text: rest === '' ? `create ${name}` : `create ${name} ${rest}`,
        hint,
        action: { kind: 'route', href: rest === '' ? href : `${href}?name=${encodeURIComponent(rest)}` },
      }
    })
}

/** `deploy yelb`: the example's place in the gallery. */
function exampleSuggestions(verb: string, words: readonly string[]): readonly Suggestion[] {
  const typed = words.join(' ')
  return gallery
    .filter(({ id, title }) => Math.min(rankOf(id, typed), rankOf(title, typed)) < 3)
    .map(({ id, title }) => ({
      id: `${verb} ${id}`,
      text: `${verb} ${id}`,
      hint: title,
      action: { kind: 'route', href: `/examples#${id}` },
    }))
}

const verbs = [
  { verb: 'call', next: 'a service' },
  { verb: 'create', next: 'namespace, discovery service, service or cluster' },
  { verb: 'scale', next: 'a service, to a number of tasks' },
  { verb: 'redeploy', next: 'a service' },
  { verb: 'new revision', next: 'a service, to edit what it runs' },
  { verb: 'run', next: 'a service, to run one task of it' },
  { verb: 'service connect', next: 'on or off, for a service' },
  { verb: 'migrate', next: 'a service, from service discovery to Service Connect' },
  { verb: 'stop', next: 'a task, by its id, its address or its service' },
  { verb: 'delete', next: 'a service, discovery service, namespace or cluster' },
  { verb: 'remove', next: 'an example, a service, discovery service, namespace or cluster' },
  { verb: 'deploy', next: 'an example' },
] as const

/** Also understood, but completed as the other. */
const synonyms: Readonly<Record<string, (typeof verbs)[number]['verb']>> = { restart: 'redeploy' }

const changesNothing: readonly string[] = ['call']

const verbOf = (text: string) => {
  const typed = (text.trim().split(/\s+/)[0] ?? '').toLowerCase()
  const own = Object.hasOwn(synonyms, typed) ? synonyms[typed] : typed
  return verbs.find(({ verb }) => verb === own || verb.startsWith(`${own} `)) ?? null
}

/** Endpoints may list a thing twice; one line for it is enough. */
const onceEach = (suggestions: readonly Suggestion[]): readonly Suggestion[] => [
  ...new Map(suggestions.map((one) => [one.id, one])).values(),
]

/**
 * What a typed command can mean, the best first: `scale web to 5`, `create namespace`, `run web`, `call web`, `deploy yelb`. Empty when the
 * text is no command; on a target that may only be read, what changes something is none. Pure and total.
 */
export const readCommandLine = (text: string, topology: Topology): readonly Suggestion[] =>
  onceEach(suggestionsFor(text, topology)).filter(
    ({ id }) => !topology.target.readOnly || changesNothing.some((verb) => id.split(' ')[0] === verb),
  )

/** Why a text that begins like a command is none, and what would be understood; for any other text, which commands there are. */
export function explainCommandLine(text: string, topology: Topology): string {
  const meant = verbOf(text)
  const { readOnly } = topology.target
  if (!meant) {
    const known = verbs.filter(({ verb }) => !readOnly || changesNothing.includes(verb))
    return `Commands begin with ${known.map(({ verb }) => `“${verb}”`).join(', ')}.`
  }
  if (readOnly && !changesNothing.includes(meant.verb))
    return 'This console was started read-only: it changes nothing.'
  const example = readCommandLine(`${meant.verb} `, topology)[0]?.text.trim()
  return `“${meant.verb}” wants ${meant.next}${example ? `, for example “${example}”` : ''}.`
}

function suggestionsFor(text: string, topology: Topology): readonly Suggestion[] {
  const [typedVerb = '', ...words] = text.trim().split(/\s+/)
  const verb = typedVerb.toLowerCase()
  if (verb === '') return []
  const goesOn = words.length > 0 || /\s$/.test(text)
  switch (goesOn ? verb : '') {
    case 'call':
      return callSuggestions(topology, words)
    case 'create':
      return createSuggestions(words)
    case 'scale':
      return scaleSuggestions(topology, words)
    case 'redeploy':
    case 'restart':
      return redeploySuggestions(topology, words)
    case 'new':
      return revisionSuggestions(topology, words)
    case 'run':
      return runSuggestions(topology, words)
    case 'service':
      return connectSuggestions(topology, words)
    case 'migrate':
      return migrateSuggestions(topology, words)
    case 'stop':
      return stopSuggestions(topology, words)
    case 'delete':
      return deleteSuggestions(topology, words)
    case 'remove':
      return [...exampleSuggestions('remove', words), ...deleteSuggestions(topology, words)].slice(
        0,
        MOST_SUGGESTIONS,
      )
    case 'deploy':
      return exampleSuggestions('deploy', words)
    default:
      return goesOn
        ? []
        : verbs
            .filter((one) => one.verb.startsWith(verb))
            .map((one) => ({ id: one.verb, text: `${one.verb} `, hint: one.next, action: null }))
  }
}
