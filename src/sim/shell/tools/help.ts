// `help`, and what is said to a command that nobody here knows.
import { nearest } from '../../scenario/suggest.ts'
import { type CommandResult, output } from '../types.ts'

/** Whole commands, as examples and to find the closest one. */
const EXAMPLES = [
  'birdc',
  'birdc show status',
  'birdc show protocols',
  'birdc show protocols all',
  'birdc show route',
  'birdc show route all',
  'birdc show route for 192.168.0.1',
  'birdc show interfaces',
  'birdc disable NAME',
  'birdc enable NAME',
  'birdc restart NAME',
  'birdc reload NAME',
  'ip route',
  'ip route get 192.168.0.1',
  'ip addr',
  'ip link',
  'calicoctl node status',
  'calicoctl get nodes -o wide',
  'calicoctl get ippool -o yaml',
  'kubectl get nodes -o wide',
  'kubectl get pods -A -o wide',
  'kubectl logs -n calico-system calico-node',
  'ping 192.168.0.1',
  'tcpdump -ni eth0 port 179',
  'tcpdump -nv -c 5',
  'tcpdump -w bgp.pcap',
  'journalctl -u bird',
  'cat /etc/calico/confd/config/bird.cfg',
  'ls /etc/calico/confd/config',
  'poweroff',
  'help',
  'clear',
] as const

export function help(): CommandResult {
  return output(['Commands read the cluster as it is at the playhead:', ...EXAMPLES.map((line) => `  ${line}`)])
}

export function unknownCommand(command: string): CommandResult {
  const words = command.trim().split(/\s+/)
  const tools = [...new Set(EXAMPLES.map((example) => example.split(' ')[0] ?? ''))]
  const tool = nearest(words[0] ?? '', tools)
  const same = EXAMPLES.filter((example) => example.startsWith(`${tool} `) || example === tool)
  const closest = nearest([tool, ...words.slice(1)].join(' '), same) ?? same[0]
  return output([`Not simulated. Try: ${closest ?? 'help'}`])
}
