import {
  type Client,
  credentials,
  Metadata,
  makeClientConstructor,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  status,
} from '@grpc/grpc-js'

const bytes = {
  requestSerialize: (text: string) => Buffer.from(text),
  requestDeserialize: (data: Buffer) => data.toString(),
  responseSerialize: (text: string) => Buffer.from(text),
  responseDeserialize: (data: Buffer) => data.toString(),
}
const method = (name: string, requestStream: boolean, responseStream: boolean) => ({
  path: `/echo.Echo/${name}`,
  originalName: name,
  requestStream,
  responseStream,
  ...bytes,
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
    // biome-ignore lint/suspicious/noExplicitAny: the untyped definition has no better.
    say(call: any, answer: any) {
      calls++
      if (call.request === 'fail')
        return answer({ code: status.FAILED_PRECONDITION, details: 'not today', metadata: new Metadata() })
      const trailers = new Metadata()
      trailers.set('x-trailer', 'kept')
      answer(null, `${name}: ${call.request}`, trailers)
    },
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    count(call: any) {
      for (let number = 1; number <= Number(call.request); number++) call.write(String(number))
      call.end()
    },
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    talk(call: any) {
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

/** A client of it, on a channel of its own. */
// biome-ignore lint/suspicious/noExplicitAny: the methods come from the definition.
export function makeGrpcClient(port: number): Client & Record<string, any> {
  const EchoClient = makeClientConstructor(definition, 'Echo')
  return new EchoClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
    'grpc.use_local_subchannel_pool': 1,
  })
}
