const { Socket } = require('node:net')

/**
 * Ends this process and everything it started as soon as the local cloud is gone: the kernel closes our pipe to it,
 * whatever it died of. The file descriptor is told to the container's first process only.
 */
function watchParent() {
  const fd = Number(process.env.SWITCHBOARD_PARENT_FD)
  delete process.env.SWITCHBOARD_PARENT_FD
  if (!Number.isInteger(fd) || fd < 3) return
  const pipe = new Socket({ fd, readable: true, writable: false })
  // Group 0 is our own: the container's.
  const end = () => process.kill(0, 'SIGKILL')
  pipe.on('end', end)
  pipe.on('error', end)
  pipe.resume()
  pipe.unref()
}

module.exports = { watchParent }
