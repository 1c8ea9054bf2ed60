import { both, type Expectation, failed } from '../scenario.js';
import { sandboxed } from './places.js';

/** What differs: who forbids it, what beside the usual is expected, and who must not be blamed as well. */
interface SandboxExpectation extends Pick<Expectation, 'evidence' | 'also'> {
  readonly holder: RegExp;
  readonly innocent?: readonly string[];
}

/** curl in a sandbox of this kind (sandboxed.py), which lets it reach nobody: its policy is to be named. */
export function refusedInSandbox(
  kind: 'ended' | 'landlock' | 'no-sockets' | 'seccomp',
  target: string,
  { holder, innocent = [], ...more }: SandboxExpectation,
) {
  return {
    target,
    run: ['python3', sandboxed, kind, 'curl', '-s', '-m', '5', target] as const,
    shows: 'app-policy',
    nearly: ['local-firewall', 'server-firewall'],
    break: [],
    expect: both(
      failed('app-policy', {
        side: 'this-device',
        stage: 'connect',
        certainty: { atLeast: 'likely' },
        culprit: { kind: 'policy', name: holder },
        ...more,
        innocent: ['local-firewall', 'server-firewall', ...innocent, 'antivirus-blocks-app'],
      }),
    ),
  };
}
