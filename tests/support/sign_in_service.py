"""A sign-in service for tests: OpenID Connect on this computer, which signs in whom it is told to.

``python -m tests.support.sign_in_service PORT``; who signs in next is put to ``/next`` as claims.
"""

import sys
import time
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse
from starlette.routing import Route

CLIENT, SECRET = "procurement-risk", "a secret of this client for tests only"
PERSON = {"sub": "u-1", "name": "Ada Clerk", "email": "ada@example.test", "roles": ["officer"]}


class Service:
    """The service.

    Attributes:
        issuer: Its address.
        claims: What it says of whoever signs in next; None where it refuses them.
        ended: The sign-outs that it was asked for.
    """

    def __init__(self, issuer):
        self.issuer, self.claims, self.ended = issuer, dict(PERSON), []
        self._key = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
        self._codes = {}

    def described(self, _request):
        places = {
            "authorization_endpoint": "authorize",
            "token_endpoint": "token",
            "jwks_uri": "jwks",
            "end_session_endpoint": "end",
        }
        return JSONResponse(
            {name: f"{self.issuer}/{path}" for name, path in places.items()}
            | {
                "issuer": self.issuer,
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    def authorize(self, request):
        asked = request.query_params
        back = {"state": asked["state"]}
        if self.claims is None:
            back["error"] = "access_denied"
        else:
            back["code"] = f"c-{len(self._codes)}"
            self._codes[back["code"]] = (asked["nonce"], dict(self.claims))
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(back)}", 302)

    async def token(self, request):
        form = await request.form()
        nonce, claims = self._codes.pop(form["code"])
        now = int(time.time())
        fixed = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        said = jwt.encode({"alg": "RS256", "kid": "k1"}, fixed | claims, self._key)
        return JSONResponse(
            {"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": said}
        )

    def keys(self, _request):
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    def end(self, request):
        self.ended.append(dict(request.query_params))
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], 302)

    async def next(self, request):
        self.claims = await request.json()
        return PlainTextResponse("noted")

    def app(self):
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.described),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
                Route("/jwks", self.keys),
                Route("/end", self.end),
                Route("/next", self.next, methods=["POST"]),
                Route("/ended", lambda _request: JSONResponse(self.ended)),
            ]
        )


if __name__ == "__main__":
    port = int(sys.argv[1])
    service = Service(f"http://localhost:{port}")
    uvicorn.run(service.app(), host="127.0.0.1", port=port, log_level="warning")
