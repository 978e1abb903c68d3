import { type Readable, type Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import zlib from 'node:zlib'
import { CallError, toCallError } from './call-error'

/** What was read of a body, after decompression. */
export type ReadBody = { readonly bytes: Buffer; readonly error: CallError | null }

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: () => zlib.createGunzip(),
  'x-gzip': () => zlib.createGunzip(),
  deflate: () => zlib.createInflate(),
  br: () => zlib.createBrotliDecompress(),
}

/** The compression layers of a `Content-Encoding` header, in order; `identity` is none. */
export const encodingsOf = (header: string | null): readonly string[] =>
  (header ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity')

/** The one decoder that is needed, or null. Throws `CallError` bad-encoding for unknown or nested ones. */
export const decoderFor = (header: string | null): Transform | null => {
  const layers = encodingsOf(header)
  if (layers.length > 1)
    throw new CallError(
      'bad-encoding',
      `The answer is compressed ${layers.length} times (${layers.join(', ')}).`,
    )
  const [layer] = layers
  if (layer === undefined) return null
  const makeDecoder = Object.hasOwn(decoders, layer) ? decoders[layer] : undefined
  if (!makeDecoder)
    throw new CallError('bad-encoding', `Content-Encoding ${layer.slice(0, 40)} is not known.`)
  return makeDecoder()
}

/** Keeps the first `limit` bytes; one byte more ends the whole pipeline. */
const collector = (limit: number, kept: Buffer[]): Writable => {
  let size = 0
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      const room = limit - size
      if (room > 0) kept.push(chunk.length > room ? chunk.subarray(0, room) : chunk)
      size += chunk.length
      done(size > limit ? new CallError('body-too-large', `The answer is longer than ${limit} bytes.`) : null)
    },
  })
}

/**
 * Reads a body to its end or to the limit, whatever comes first, in constant memory: a compressed bomb is cut off as it
 * unfolds. Never throws for what the other side did: what was read is returned beside the error.
 *
 * @param limit bytes, counted after decompression
 */
export const readBody = async (
  body: Readable,
  encoding: string | null,
  limit: number,
  signal: AbortSignal,
): Promise<ReadBody> => {
  const kept: Buffer[] = []
  // Destroying a body that nobody has begun to read makes it report an error that nobody would hear.
  body.on('error', () => undefined)
  try {
    const decoder = decoderFor(encoding)
    const sink = collector(limit, kept)
    await (decoder ? pipeline(body, decoder, sink, { signal }) : pipeline(body, sink, { signal }))
    return { bytes: Buffer.concat(kept), error: null }
  } catch (error) {
    body.destroy()
    // A pipeline reports an abort as AbortError; the reason behind it is what a person wants to know.
    return { bytes: Buffer.concat(kept), error: toCallError(signal.aborted ? signal.reason : error) }
  }
}
