import {
  AUTHORITATIVE_ANSWER,
  decode,
  encode,
  type Packet,
  type Question,
  TRUNCATED_RESPONSE,
} from 'dns-packet'
import { answer, type Reply } from './answer'
import { questionEnd } from './question-end'
import type { Zones } from './zone'

const headerBytes = 12
const maxExtras = 4
/** What fits into UDP without EDNS (RFC 1035), and the most we send with it (DNS flag day 2020). */
const plainBytes = 512
const ednsBytes = 1232

const codes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 }
const badVersion = 16

/** A bare header: as small as an answer can be, for whatever cannot be answered properly. */
function headerOnly(query: Buffer, code: keyof typeof codes): Buffer {
  const header = Buffer.alloc(headerBytes)
  query.copy(header, 0, 0, 2)
  const recursionDesired = (query[2] ?? 0) & 0x01
  const opcode = (query[2] ?? 0) & 0x78
  header[2] = 0x80 | opcode | recursionDesired
  header[3] = codes[code]
  return header
}

type Edns = { readonly payloadBytes: number; readonly version: number }

function ednsOf(query: Packet): Edns | undefined {
  const option = query.additionals?.find((one) => one.type === 'OPT')
  if (option?.type !== 'OPT') return undefined
  return { payloadBytes: option.udpPayloadSize, version: option.ednsVersion }
}

const ednsAnswer = (extendedCode: number): NonNullable<Packet['additionals']> => [
  {
    type: 'OPT',
    name: '.',
    udpPayloadSize: ednsBytes,
    extendedRcode: extendedCode,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [],
  },
]

function pack(query: Packet, question: Question, reply: Reply, edns: Edns | undefined): Buffer {
  const version = edns && edns.version !== 0
  const flags =
    codes[reply.code] | (reply.authoritative ? AUTHORITATIVE_ANSWER : 0) | ((query.flags ?? 0) & 0x0100)
  return encode({
    type: 'response',
    id: query.id ?? 0,
    flags,
    // As it was asked, in its case: resolvers that mix the case look for it (draft 0x20).
    questions: [question],
    answers: [...reply.answers],
    authorities: [...reply.authorities],
    additionals: edns ? ednsAnswer(version ? badVersion >> 4 : 0) : [],
  })
}

/** Keeps the question and says "ask again by TCP". */
function truncated(query: Packet, question: Question, reply: Reply, edns: Edns | undefined): Buffer {
  const short = pack(query, question, { ...reply, answers: [], authorities: [] }, edns)
  short[2] = (short[2] ?? 0) | (TRUNCATED_RESPONSE >> 8)
  return short
}

/**
 * One question, no answers, and no more extras than EDNS and a signature: a header that claims 65,535 records would cost
 * a decoder a millisecond for nothing.
 */
const isPlainQuery = (bytes: Buffer): boolean =>
  bytes.readUInt16BE(4) === 1 &&
  bytes.readUInt16BE(6) === 0 &&
  bytes.readUInt16BE(8) === 0 &&
  bytes.readUInt16BE(10) <= maxExtras &&
  questionEnd(bytes) !== undefined

/**
 * From the bytes of a query to the bytes of its answer; undefined when it deserves none (too short, or an answer
 * itself: two servers must not talk to each other for ever). `maxBytes` is the limit of the transport: 512 for UDP,
 * which EDNS may raise, or 65,535 for TCP. Never throws.
 */
export function respond(
  bytes: Buffer,
  transport: 'udp' | 'tcp',
  zones: Zones,
  random: () => number,
): Buffer | undefined {
  if (bytes.length < headerBytes) return undefined
  const flags = bytes.readUInt16BE(2)
  if ((flags & 0x8000) !== 0) return undefined
  if ((flags & 0x7800) !== 0) return headerOnly(bytes, 'NOTIMP')
  if (!isPlainQuery(bytes)) return headerOnly(bytes, 'FORMERR')

  let query: Packet
  try {
    query = decode(bytes)
  } catch {
    // dns-packet throws plain errors for everything that is no DNS message.
    return headerOnly(bytes, 'FORMERR')
  }
  const [question] = query.questions ?? []
  if (!question) return headerOnly(bytes, 'FORMERR')
  const edns = ednsOf(query)
  const limit =
    transport === 'tcp' ? 65_535 : Math.min(ednsBytes, Math.max(plainBytes, edns?.payloadBytes ?? plainBytes))
  try {
    const reply: Reply =
      edns && edns.version !== 0
        ? { code: 'NOERROR', authoritative: false, answers: [], authorities: [] }
        : answer(question, zones, random)
    const full = pack(query, question, reply, edns)
    return full.length <= limit ? full : truncated(query, question, reply, edns)
  } catch {
    // A record of the user's that cannot be packed must not take the server down, nor leave the asker waiting.
    return headerOnly(bytes, 'SERVFAIL')
  }
}
