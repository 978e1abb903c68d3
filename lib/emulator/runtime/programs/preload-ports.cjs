/** As in `low-ports.ts`; told by SWITCHBOARD_LOWEST_PORT, absent when every port may be had. */
const movedBy = 20_000

/**
 * Where a task's port is reached when this user may not listen on it.
 * @param {unknown} port @param {number} lowestPort
 */
function reachedPort(port, lowestPort) {
  const asked = Number(port)
  return Number.isInteger(asked) && asked > 0 && asked < lowestPort ? asked + movedBy : port
}

/** Says it in the container's log, once per port. @param {number} lowestPort */
function makeMovePort(lowestPort) {
  /** @type {Set<number>} */
  const told = new Set()
  return (/** @type {unknown} */ port) => {
    const reached = reachedPort(port, lowestPort)
    const asked = Number(port)
    if (reached !== port && !told.has(asked)) {
      told.add(asked)
      process.stderr.write(
        `[local cloud] port ${asked} needs rights that this user does not have: listening on ${reached} instead\n`,
      )
    }
    return reached
  }
}

module.exports = { reachedPort, makeMovePort }
