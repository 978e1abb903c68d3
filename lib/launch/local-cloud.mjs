/**
 * Whether a local cloud began without a state of an earlier start: only then the example stack is made, since what a user has removed
 * stays removed.
 * @param {string} endpoint
 * @returns {Promise<boolean>}
 */
export async function isFresh(endpoint) {
  const answer = await fetch(`${endpoint}/_local/health`)
  const { restored } = await answer.json()
  return restored !== true
}
