/** Sends a signal to everything in a process group; one that is already gone is fine. */
export function signalGroup(groupId: number, signal: 'SIGTERM' | 'SIGKILL' | 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(-groupId, signal)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    // EPERM is what macOS says of a group whose processes have all ended but are not yet reaped.
    if (code !== 'ESRCH' && code !== 'EPERM') throw error
  }
}
