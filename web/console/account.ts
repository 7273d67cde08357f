import type { Moderator } from './api';
import type { Surroundings } from './queue';
import { button, field, h } from './dom';

/** One's own account: the second factor, and signing out everywhere. */
export function accountView(around: Surroundings, moderator: Moderator, signedOut: () => void) {
  const { api, attempt } = around;
  const everywhere = async () => {
    await api.ask('DELETE', 'sessions');
    signedOut();
  };
  return h(
    'section',
    {},
    h('h1', { tabindex: -1 }, 'Account'),
    h('p', {}, `You are ${moderator.name}, ${moderator.role} of ${api.site}.`),
    button('Sign out everywhere', () => void attempt(everywhere)),
    passwordForm(around),
    moderator.second_factor ? removal(around, moderator) : enrolment(around, moderator),
  );
}

function passwordForm({ api, attempt, say }: Surroundings) {
  const type = 'password';
  const old = h('input', { type, required: true, autocomplete: 'current-password' });
  const wanted = h('input', {
    type,
    required: true,
    minlength: 10,
    autocomplete: 'new-password',
  });
  const form = h('form', {
    submit: (event: Event) => {
      event.preventDefault();
      void attempt(async () => {
        const body = { password: old.value, new_password: wanted.value };
        await api.ask('PUT', 'session/password', body);
        form.reset();
        say('The password is changed. Elsewhere you have been signed out.');
      });
    },
  });
  form.append(
    h(
      'fieldset',
      {},
      h('legend', {}, 'Change the password'),
      field('Password now', old),
      field('New password', wanted, '10 letters or more.'),
      h('button', {}, 'Change'),
    ),
  );
  return form;
}

function enrolment({ api, attempt, say }: Surroundings, moderator: Moderator) {
  const password = h('input', {
    type: 'password',
    required: true,
    autocomplete: 'current-password',
  });
  const next = h('div');
  const confirm = async (code: string) => {
    const answer = await api.ask<{ recovery_codes: string[] }>('PUT', 'session/second-factor', {
      code,
    });
    moderator.second_factor = true;
    say('The second factor is on.');
    next.replaceChildren(
      h('p', {}, 'Keep these recovery codes. Each stands in for one code of the app.'),
      h('ul', {}, ...answer.recovery_codes.map((one) => h('li', {}, h('code', {}, one)))),
    );
  };
  const offer = async () => {
    const { secret, uri } = await api.ask<{ secret: string; uri: string }>(
      'POST',
      'session/second-factor',
      { password: password.value },
    );
    const code = h('input', { autocomplete: 'one-time-code', inputmode: 'numeric' });
    next.replaceChildren(
      h('p', {}, 'Enter this key in your authenticator app: ', h('code', {}, secret)),
      h('p', {}, h('a', { href: uri }, 'Open it in an app on this device')),
      field('Code', code, 'The six digits that the app shows.'),
      button('Confirm', () => void attempt(() => confirm(code.value))),
    );
    code.focus();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void attempt(offer);
  };
  const legend = h('legend', {}, 'Second factor');
  const set = h('fieldset', {}, legend, field('Password', password), h('button', {}, 'Add'), next);
  return h('form', { submit }, set);
}

function removal({ api, attempt, say }: Surroundings, moderator: Moderator) {
  const password = h('input', {
    type: 'password',
    required: true,
    autocomplete: 'current-password',
  });
  const code = h('input', { required: true, autocomplete: 'one-time-code' });
  const submit = (event: Event) => {
    event.preventDefault();
    void attempt(async () => {
      const body = { password: password.value, code: code.value };
      await api.ask('DELETE', 'session/second-factor', body);
      moderator.second_factor = false;
      say('The second factor is off.');
    });
  };
  const legend = h('legend', {}, 'Second factor');
  const fields = [field('Password', password), field('Code', code)];
  return h('form', { submit }, h('fieldset', {}, legend, ...fields, h('button', {}, 'Remove')));
}
