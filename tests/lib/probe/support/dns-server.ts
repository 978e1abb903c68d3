import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type Answer, decode, encode, type Question } from 'dns-packet'

export type Reply = { readonly answers?: Answer[]; readonly rcode?: 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED' }

const rcodes = { NXDOMAIN: 3, SERVFAIL: 2, REFUSED: 5 } as const

/** A DNS server whose every answer is decided by the test. */
export const startDnsServer = async (reply: (question: Question) => Reply | null) => {
  const socket = createSocket('udp4')
  const questions: string[] = []
  socket.on('message', (message, from) => {
    const query = decode(message)
    const question = query.questions?.[0]
    if (!question) return
    questions.push(`${question.type} ${question.name}`)
    const answer = reply(question)
    if (answer === null) return
    const packet = encode({
      type: 'response',
      id: query.id ?? 0,
      flags: 0x0400 | (answer.rcode ? rcodes[answer.rcode] : 0),
      questions: [question],
      answers: answer.answers ?? [],
    })
    socket.send(packet, from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    server: `127.0.0.1:${socket.address().port}`,
    questions,
    stop: async () => {
      socket.close()
      await once(socket, 'close')
    },
  }
}
