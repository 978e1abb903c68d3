import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { canonicalAddress } from '@/lib/probe/address'
import { type Reach, refusalOf, refusalOfUrl } from '@/lib/probe/guard'

const reachable = [
  '127.10.0.12',
  '10.0.1.54',
  '172.31.5.6',
  '100.64.3.4',
  '203.0.113.9',
  '2600:1f18::5',
  'fd12::7',
]

const local: Reach = {
  instanceAddresses: new Set(reachable),
  ports: new Set([80, 8080, 3000, 4680]),
  targetIsLocal: true,
  ownListeners: [
    { host: '127.0.0.1', port: 3000 },
    { host: '127.0.0.1', port: 4680 },
    { host: '127.0.0.1', port: 8053 },
  ],
  ownAddresses: new Set(['127.0.0.1', '::1', '10.0.1.54']),
}
const aws: Reach = { ...local, targetIsLocal: false }

/** As if everything were an instance: what is still refused is refused for its range alone. */
const trusting = (address: string): Reach => {
  const canonical = canonicalAddress(address)
  return { ...local, instanceAddresses: new Set(canonical === null ? [address] : [canonical]) }
}

describe('an instance of the service', () => {
  test.each(reachable)('%s may be called', (address) => {
    expect(refusalOf(address, 8080, local)).toBeNull()
  })

  test.each(reachable.filter((address) => !address.startsWith('127.')))(
    '%s may be called on AWS',
    (address) => {
      expect(refusalOf(address, 8080, aws)).toBeNull()
    },
  )

  test('is the same however its address is written', () => {
    expect(refusalOf('2600:1f18:0:0:0:0:0:5', 8080, local)).toBeNull()
    expect(refusalOf('2600:1F18::5', 8080, local)).toBeNull()
    expect(refusalOf('::ffff:10.0.1.54', 8080, local)).toBeNull()
    expect(refusalOf('::ffff:0a00:0136', 8080, local)).toBeNull()
  })

  test('is refused on a port that the service does not name', () => {
    for (const port of [22, 53, 443, 8081, 6379])
      expect(refusalOf('10.0.1.54', port, local)).toContain('port')
  })

  test.each([0, -1, 65_536, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('is refused on port %s', (port) => {
    expect(refusalOf('10.0.1.54', port, { ...local, ports: new Set([port]) })).toContain('not a port')
  })

  test('is refused on loopback unless the target is the local cloud', () => {
    expect(refusalOf('127.10.0.12', 8080, aws)).toContain('this machine')
    expect(refusalOf('::1', 8080, { ...trusting('::1'), targetIsLocal: false })).toContain('this machine')
  })
})

describe('an address of somebody else', () => {
  test.each(['10.0.1.55', '127.10.0.13', '127.0.0.1', '8.8.8.8', '192.168.0.1', '2600:1f18::6', '::1'])(
    '%s is refused',
    (address) => {
      expect(refusalOf(address, 8080, local)).toContain('neither ECS nor Cloud Map')
    },
  )
})

describe('an address that nothing may ever be sent to, even if Cloud Map returns it', () => {
  test.each([
    ['169.254.169.254', 'metadata'],
    ['169.254.170.2', 'metadata'],
    ['169.254.170.23', 'metadata'],
    ['169.254.0.0', 'metadata'],
    ['169.254.255.255', 'metadata'],
    ['0.0.0.0', 'this machine'],
    ['0.0.0.1', 'this machine'],
    ['0.255.255.255', 'this machine'],
    ['224.0.0.1', 'multicast'],
    ['239.255.255.250', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['fd00:ec2::254', 'metadata'],
    ['fd00:ec2::253', 'metadata'],
    ['fd00:ec2::23', 'metadata'],
    ['fd00:0ec2:ffff::1', 'metadata'],
    ['fe80::1', 'link-local'],
    ['febf::1', 'link-local'],
    ['ff02::1', 'multicast'],
    ['::', 'any address'],
    ['::ffff:169.254.169.254', 'metadata'],
    ['::ffff:a9fe:a9fe', 'metadata'],
    ['0:0:0:0:0:ffff:a9fe:a9fe', 'metadata'],
    ['::ffff:0.0.0.0', 'this machine'],
    ['::ffff:224.0.0.1', 'multicast'],
    ['::a9fe:a9fe', 'disguise'],
    ['64:ff9b::a9fe:a9fe', 'disguise'],
    ['64:ff9b::169.254.169.254', 'disguise'],
    ['64:ff9b:1::a9fe:a9fe', 'disguise'],
    ['2002:a9fe:a9fe::', 'disguise'],
    ['2001:0:a9fe:a9fe::1', 'disguise'],
  ])('%s (%s)', (address, why) => {
    expect(refusalOf(address, 80, trusting(address))).toContain(why)
  })
})

describe('something that is not an address in plain notation', () => {
  test.each([
    '2852039166',
    '0xa9fea9fe',
    '0xa9.0xfe.0xa9.0xfe',
    '0251.0376.0251.0376',
    '169.254.43518',
    '169.16689662',
    '127.1',
    '127.0.0.01',
    '0177.0.0.1',
    '010.0.1.54',
    '10.0.1.54.',
    ' 10.0.1.54',
    '10.0.1.54 ',
    '10.0.1.54:80',
    '10.0.1.54/32',
    '10.0.1',
    '10.0.1.54.5',
    '10.0.1.256',
    '１０.0.1.54',
    '10。0。1。54',
    '[2600:1f18::5]',
    'fe80::1%eth0',
    '2600:1f18::5%1',
    '::ffff:169.254.169.254%0',
    'localhost',
    'metadata.google.internal',
    'xn--e1afmkfd.test',
    'пример.test',
    'user@10.0.1.54',
    '10.0.1.54@169.254.169.254',
    '10.0.1.54#',
    '10.0.1.54\r\nHost: x',
    '10.0.1.54\0',
    '',
    '.',
    ':',
    ':::',
    '1::2::3',
    '12345::',
    '/var/run/docker.sock',
  ])('%j is refused', (text) => {
    expect(canonicalAddress(text)).toBeNull()
    expect(refusalOf(text, 8080, trusting(text))).toContain('plain notation')
  })
})

describe('the ports of Switchboard itself', () => {
  test('are refused on 127.0.0.1 even when somebody registered them as an instance', () => {
    for (const { port } of local.ownListeners)
      expect(refusalOf('127.0.0.1', port, { ...trusting('127.0.0.1'), ports: new Set([port]) })).toContain(
        'Switchboard',
      )
    expect(refusalOf('::1', 3000, trusting('::1'))).toContain('Switchboard')
    expect(refusalOf('::ffff:127.0.0.1', 4680, trusting('127.0.0.1'))).toContain('Switchboard')
  })

  test('do not keep a task from using the same port on an address of its own', () => {
    expect(refusalOf('127.10.0.12', 3000, local)).toBeNull()
  })

  test('are refused on every loopback and own address when the console listens on all of them', () => {
    const wide: Reach = { ...local, ownListeners: [{ host: '0.0.0.0', port: 3000 }] }
    expect(refusalOf('127.10.0.12', 3000, wide)).toContain('Switchboard')
    expect(refusalOf('10.0.1.54', 3000, wide)).toContain('Switchboard')
    expect(refusalOf('172.31.5.6', 3000, wide)).toBeNull()
    expect(refusalOf('127.10.0.12', 3000, { ...wide, ownListeners: [{ host: '::', port: 3000 }] })).toContain(
      'Switchboard',
    )
  })
})

describe('a URL, as a redirect gives it', () => {
  test.each([
    'http://10.0.1.54:8080/x',
    'http://10.0.1.54/',
    'http://[2600:1f18::5]:8080/',
    'HTTP://172.31.5.6:8080',
  ])('%s would pass', (url) => {
    expect(refusalOfUrl(url, local)).toBeNull()
  })

  test.each([
    ['http://169.254.169.254/latest/meta-data/', 'metadata'],
    ['http://2852039166/', 'metadata'],
    ['http://0xa9fea9fe/', 'metadata'],
    ['http://0xa9.0xfe.0xa9.0xfe/', 'metadata'],
    ['http://0251.0376.0251.0376/', 'metadata'],
    ['http://0251.254.0xa9.254/', 'metadata'],
    ['http://169.254.43518/', 'metadata'],
    ['http://169.16689662/', 'metadata'],
    ['http://１６９.254.169.254/', 'metadata'],
    ['http://169。254。169。254/', 'metadata'],
    ['http://169%2e254%2e169%2e254/', 'metadata'],
    ['http://[::ffff:169.254.169.254]/', 'metadata'],
    ['http://[::ffff:a9fe:a9fe]/', 'metadata'],
    ['http://[fd00:ec2::254]/', 'metadata'],
    ['http://[fe80::1]/', 'link-local'],
    ['http://[::]/', 'any address'],
    ['http://[64:ff9b::a9fe:a9fe]/', 'disguise'],
    ['http://0/', 'this machine'],
    ['http://127.1:4680/', 'Switchboard'],
    ['http://2130706433:4680/', 'Switchboard'],
    ['http://0x7f.1:3000/', 'Switchboard'],
    ['http://[::1]:3000/', 'Switchboard'],
    ['http://user@10.0.1.54:8080/', 'user name'],
    ['http://user:pass@10.0.1.54:8080/', 'user name'],
    ['http://10.0.1.54@169.254.169.254/', 'user name'],
    ['http://10.0.1.54:8080@evil.example/', 'user name'],
    ['http://localhost:8080/', 'names a host'],
    ['http://backend-api.production.local:8080/', 'names a host'],
    ['http://xn--e1afmkfd.test/', 'names a host'],
    ['http://пример.test/', 'names a host'],
    ['http://169.254.169.254.nip.io/', 'names a host'],
    ['https://10.0.1.54:8080/', 'only http'],
    ['ftp://10.0.1.54:8080/', 'only http'],
    ['file:///etc/passwd', 'only http'],
    ['gopher://10.0.1.54:8080/_GET', 'only http'],
    ['data:text/plain,hi', 'only http'],
    ['javascript:alert(1)', 'only http'],
    ['ws://10.0.1.54:8080/', 'only http'],
    ['//169.254.169.254/', 'not a URL'],
    ['/relative', 'not a URL'],
    ['http://', 'not a URL'],
    ['http://10.0.1.256/', 'not a URL'],
    ['http://[::1', 'not a URL'],
    ['http://10.0.1.54:99999/', 'not a URL'],
    ['', 'not a URL'],
  ])('%s is refused (%s)', (url, why) => {
    expect(refusalOfUrl(url, local)).toContain(why)
  })
})

describe('whatever comes', () => {
  property.prop([fc.string({ unit: 'binary', maxLength: 60 }), fc.integer()])(
    'no text is let through by accident',
    (text, port) => {
      expect(refusalOf(text, port, local)).not.toBeNull()
    },
  )

  property.prop([fc.ipV4(), fc.constantFrom(80, 8080)])(
    'an IPv4 address passes only if it is an instance',
    (address, port) => {
      expect(refusalOf(address, port, local) === null).toBe(reachable.includes(address))
    },
  )

  property.prop([fc.ipV6()])('an IPv6 address is canonical once and for all, or no address', (address) => {
    const once = canonicalAddress(address)
    if (once !== null) expect(canonicalAddress(once)).toBe(once)
  })

  property.prop([fc.nat(0xffff_ffff)])('no disguise of a link-local address passes', (bits) => {
    const low = `${((bits >> 8) & 255).toString()}.${bits & 255}`
    const address = `169.254.${low}`
    const hex = `a9fe:${(bits & 0xffff).toString(16)}`
    for (const text of [address, `::ffff:${address}`, `::${hex}`, `64:ff9b::${hex}`, `2002:${hex}::1`])
      expect(refusalOf(text, 80, trusting(text))).not.toBeNull()
  })

  property.prop([fc.webUrl({ validSchemes: ['http', 'https', 'ftp'] })])(
    'no URL with a name passes',
    (url) => {
      expect(refusalOfUrl(url, local)).not.toBeNull()
    },
  )
})
