import type { Command } from '../topology/keys/shortcuts'

/**
 * Where a command leads from another page to the map; null when it means nothing there: keys that arrange the map do not leave a page. `lastUrl` is the map as this tab left it: what is
 * looked at stays, only what the command says is changed.
 */
export function mapUrlFor(command: Command, lastUrl: string): string | null {
  const query = new URLSearchParams(lastUrl.slice(lastUrl.indexOf('?') + 1 || lastUrl.length))
  switch (command.kind) {
    case 'go':
      query.set('selected', command.id)
      query.delete('instance')
      query.delete('view')
      if (command.instance !== undefined) query.set('instance', command.instance)
      break
    case 'call':
      if (command.id !== undefined) {
        query.set('selected', command.id)
        query.delete('instance')
      }
      query.set('call', query.get('selected') ?? '')
      break
    default:
      return null
  }
  const text = query.toString()
  return text === '' ? '/' : `/?${text}`
}
