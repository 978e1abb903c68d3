import { describe, expect, it } from 'vitest'
import { yelbPage } from '@/lib/emulator/runtime/programs/yelb-ui-page.mjs'

const view = { hostname: 'ip-127-10-0-12', appserver: 'http://yelb-appserver:4567', votedFor: undefined }

describe('the page of the Yelb stand-in', () => {
  it('shows what the application server counted, with a button for each restaurant', () => {
    const page = yelbPage({
      ...view,
      stats: { hostname: 'ip-127-10-0-14', pageviews: 12 },
      votes: [
        { name: 'ihop', value: 3 },
        { name: 'outback', value: 0 },
      ],
    })
    expect(page).toContain('stand-in for yelb-ui on ip-127-10-0-12')
    expect(page).toContain('12 page views')
    expect(page).toContain('ip-127-10-0-14')
    expect(page).toContain('<output>3 votes</output>')
    expect(page.match(/<button type="submit" name="for"/g)).toHaveLength(2)
  })

  it('says what failed instead', () => {
    const page = yelbPage({ ...view, failure: 'yelb-appserver needs redis-server:6379 <b>' })
    expect(page).toContain('does not answer')
    expect(page).toContain('redis-server:6379 &lt;b&gt;')
    expect(page).not.toContain('page views')
  })

  it('lets nothing that came from elsewhere become markup', () => {
    const evil = '"><script>alert(1)</script>'
    const page = yelbPage({
      hostname: evil,
      appserver: evil,
      votedFor: evil,
      stats: { hostname: evil, pageviews: evil },
      votes: [{ name: evil, value: 1 }, { name: 7 }, null],
    })
    expect(page).not.toContain('<script>')
    expect(page.match(/<button/g)).toHaveLength(1)
  })

  it.each([undefined, null, 'text', { votes: 1 }])('bears an answer of the form %j', (odd) => {
    expect(yelbPage({ ...view, stats: odd, votes: odd })).toContain('0 page views')
  })
})
