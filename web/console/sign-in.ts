import type { ConsoleApi, Moderator } from './api';
import { Refusal } from './api';
import { field, h } from './dom';

/** The form that lets a moderator in; the code is asked for only where an account has a second factor. */
export function signInView(api: ConsoleApi, done: (moderator: Moderator) => void, notice = '') {
  const site = h('input', {
    required: true,
    autocomplete: 'organization',
    value: new URLSearchParams(location.search).get('site') ?? api.site,
  });
  const name = h('input', { required: true, autocomplete: 'username' });
  const password = h('input', {
    required: true,
    type: 'password',
    autocomplete: 'current-password',
  });
  const code = h('input', { autocomplete: 'one-time-code', autocapitalize: 'characters' });
  const codeField = field('Code', code, 'From your authenticator app, or a recovery code.');
  codeField.hidden = true;
  const alert = h('p', { role: 'alert', class: 'alert' }, notice);

  const send = async (event: Event) => {
    event.preventDefault();
    alert.textContent = '';
    const proof = { name: name.value, password: password.value };
    try {
      done(await api.signIn(site.value, code.value ? { ...proof, code: code.value } : proof));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      alert.textContent = error.message;
      const asksForCode = error.code === 'code_required';
      if (asksForCode) codeField.hidden = false;
      (asksForCode ? code : password).focus();
    }
  };
  return h(
    'main',
    { class: 'sign-in' },
    h('h1', {}, 'Moderation'),
    h(
      'form',
      { submit: (event) => void send(event) },
      field('Site', site),
      field('Name', name),
      field('Password', password),
      codeField,
      alert,
      h('button', { class: 'main' }, 'Sign in'),
    ),
  );
}
