import {
  Client,
  type ClientDuplexStream,
  type ClientReadableStream,
  credentials,
  Metadata,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceDefinition,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js'

const toBytes = (text: string): Buffer => Buffer.from(text)
const toText = (data: Buffer): string => data.toString()

const method = (name: string, requestStream: boolean, responseStream: boolean) => ({
  path: `/echo.Echo/${name}`,
  originalName: name,
  requestStream,
  responseStream,
  requestSerialize: toBytes,
  requestDeserialize: toText,
  responseSerialize: toBytes,
  responseDeserialize: toText,
})

const definition: ServiceDefinition = {
  say: method('say', false, false),
  count: method('count', false, true),
  talk: method('talk', true, true),
  hang: method('hang', false, false),
}

/** A gRPC application: `say` repeats (or fails when told `fail`), `count` streams, `talk` talks both ways, `hang` never answers. */
export async function startGrpcEcho(
  name: string,
): Promise<{ readonly port: number; readonly calls: () => number; stop(): void }> {
  let calls = 0
  const server = new Server()
  server.addService(definition, {
    say(call: ServerUnaryCall<string, string>, answer: sendUnaryData<string>) {
      calls++
      const trailers = new Metadata()
      trailers.set('x-trailer', 'kept')
      if (call.request === 'fail')
        answer({ code: status.FAILED_PRECONDITION, details: 'not today', metadata: trailers })
      else answer(null, `${name}: ${call.request}`, trailers)
    },
    count(call: ServerWritableStream<string, string>) {
      for (let number = 1; number <= Number(call.request); number++) call.write(String(number))
      call.end()
    },
    talk(call: ServerDuplexStream<string, string>) {
      call.on('data', (text: string) => call.write(`${name} heard ${text}`))
      call.on('end', () => call.end())
    },
    hang() {
      calls++
    },
  })
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  )
  return { port, calls: () => calls, stop: () => server.forceShutdown() }
}

export type GrpcAnswer = {
  readonly text: string | undefined
  readonly code: status
  readonly details: string
  readonly trailer: unknown
}

/** A client of it, on a channel of its own. */
export type GrpcEcho = {
  say(text: string): Promise<GrpcAnswer>
  hang(): Promise<GrpcAnswer>
  count(upTo: number): ClientReadableStream<string>
  talk(): ClientDuplexStream<string, string>
  close(): void
}

export function makeGrpcClient(port: number): GrpcEcho {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), {
    'grpc.use_local_subchannel_pool': 1,
  })
  const single = (name: string, text: string): Promise<GrpcAnswer> =>
    new Promise((resolve) => {
      let answer: string | undefined
      client
        .makeUnaryRequest(`/echo.Echo/${name}`, toBytes, toText, text, (_error, value) => {
          answer = value
        })
        // It follows the callback.
        .on('status', ({ code, details, metadata }) =>
          setImmediate(() => resolve({ text: answer, code, details, trailer: metadata.get('x-trailer')[0] })),
        )
    })
  return {
    say: (text) => single('say', text),
    hang: () => single('hang', 'x'),
    count: (upTo) => client.makeServerStreamRequest('/echo.Echo/count', toBytes, toText, String(upTo)),
    talk: () => client.makeBidiStreamRequest('/echo.Echo/talk', toBytes, toText),
    close: () => client.close(),
  }
}
