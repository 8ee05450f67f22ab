import { describe, expect, it } from 'vitest'
import { EventLoop, LoopEvent, ScanTimer, Timer } from './loop.ts'

const at = (seconds: number) => Math.round(seconds * 1_000_000)
function loop(start: number): EventLoop {
  const l = new EventLoop()
  l.enter(at(start))
  return l
}

describe('whole-second clock', () => {
  it('a timer of 2 s started at 0.3 fires at 2.3, or earlier in second 2 when something else wakes the loop', () => {
    const l = loop(0.3)
    const fired: number[] = []
    l.start(new Timer(() => fired.push(l.now), null), 2)
    l.run()
    expect(l.nextWake()).toBe(at(2.3))
    l.enter(at(2.05))
    l.run()
    expect(fired).toEqual([at(2.05)])
    expect(l.nextWake()).toBeNull()
  })

  it('moves a timer without waking at the old time', () => {
    const l = loop(0)
    const timer = new Timer(() => {}, null)
    l.start(timer, 10)
    l.start(timer, 20)
    expect(l.nextWake()).toBe(at(20))
    l.start(timer, 5)
    expect(l.nextWake()).toBe(at(5))
    l.stop(timer)
    expect(l.nextWake()).toBeNull()
  })
})

describe('deferred events', () => {
  function deferring(l: EventLoop, done: () => void): void {
    const event = new LoopEvent(done, null)
    l.start(new Timer(() => l.schedule(event), null), 5)
    l.run()
  }

  it('from a timer wait for the next scan', () => {
    const l = loop(0.25)
    l.startScan(
      new ScanTimer(
        2,
        () => false,
        () => {},
      ),
      2,
    )
    let doneAt = 0
    deferring(l, () => {
      doneAt = l.now
    })
    expect(l.nextWake()).toBe(at(5.25))
    l.enter(at(5.25))
    l.run()
    expect(doneAt).toBe(0)
    expect(l.nextWake()).toBe(at(6.25))
    l.enter(at(6.25))
    l.run()
    expect(doneAt).toBe(at(6.25))
  })

  it('wait for three seconds at most', () => {
    const l = loop(0)
    deferring(l, () => {})
    l.enter(at(5))
    l.run()
    expect(l.nextWake()).toBe(at(8))
  })

  it('from input run at once, and what they schedule too', () => {
    const l = loop(0)
    const order: string[] = []
    const second = new LoopEvent(() => order.push('second'), null)
    const first = new LoopEvent(() => {
      order.push('first')
      l.schedule(second)
    }, null)
    l.schedule(first)
    l.run()
    expect(order).toEqual(['first', 'second'])
  })

  it('scheduled again go to the end of the line, and run once', () => {
    const l = loop(0)
    const order: string[] = []
    const a = new LoopEvent(() => order.push('a'), null)
    const b = new LoopEvent(() => order.push('b'), null)
    l.schedule(a)
    l.schedule(b)
    l.schedule(a)
    l.run()
    expect(order).toEqual(['b', 'a'])
  })
})

describe('scans', () => {
  it('missed while idle are not made up for when something turns up', () => {
    const l = loop(0.5)
    let pending = false
    let seenAt = 0
    l.startScan(
      new ScanTimer(
        2,
        () => pending,
        () => {
          seenAt = l.now
          pending = false
        },
      ),
      1,
    )
    l.run()
    l.enter(at(9.8))
    pending = true
    l.run()
    expect(seenAt).toBe(0)
    expect(l.nextWake()).toBe(at(11.8))
    l.enter(at(11.8))
    l.run()
    expect(seenAt).toBe(at(11.8))
  })

  it('cost nothing while there is nothing to find, and keep their rhythm', () => {
    const l = loop(0.5)
    let pending = false
    const seen: number[] = []
    l.startScan(
      new ScanTimer(
        2,
        () => pending,
        () => {
          seen.push(l.now)
          pending = false
        },
      ),
      1,
    )
    l.run()
    expect(l.nextWake()).toBeNull()
    l.enter(at(100.5))
    l.run()
    pending = true
    expect(l.nextWake()).toBe(at(101.5))
    l.enter(at(101.5))
    l.run()
    expect(seen).toEqual([at(101.5)])
  })
})
