import { isFree, nextFree, ownerOf } from './ports.mjs'
import { startCommandWith } from './same-command.mjs'
import { giveUp } from './say.mjs'

/** @typedef {{ port: number, what: string, flag: string }} WantedPort */

/** @param {readonly WantedPort[]} taken */
const sayWho = (taken) =>
  taken
    .map(({ port, what }) => {
      const owner = ownerOf(port)
      return `Port ${port}, for ${what}, is taken${owner ? ` by ${owner}` : ''}.`
    })
    .join(' ')

/**
 * Ends with what to do when one of the ports cannot be had: all of them at once, so that nobody is sent from one to the next.
 * @param {readonly string[]} args what followed `npm start --` @param {readonly WantedPort[]} wanted
 */
export async function insistOnPorts(args, wanted) {
  /** @type {WantedPort[]} */
  const taken = []
  for (const one of wanted) if (!(await isFree(one.port))) taken.push(one)
  if (taken.length === 0) return
  const others = wanted.map(({ port }) => port)
  /** @type {Record<string, string>} */
  const instead = {}
  for (const { port, flag } of taken) {
    const free = await nextFree(port, others)
    instead[flag] = free === undefined ? 'N' : String(free)
    if (free !== undefined) others.push(free)
  }
  const remedy = `End ${taken.length > 1 ? 'them' : 'that'}, or choose another: ${startCommandWith(args, instead)}`
  giveUp(sayWho(taken), remedy, 2)
}
