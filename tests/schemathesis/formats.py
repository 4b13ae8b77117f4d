"""Loaded by schemathesis (SCHEMATHESIS_HOOKS): what the description's own formats look like.

A format does not restrict, so negative tests do not use it; without it hardly any generated phone would be one, and hardly
any generated send would arrive.
"""

import schemathesis
from hypothesis import strategies as st

schemathesis.openapi.format("phone", st.from_regex(r"\A\+?[1-9][0-9]{6,14}\Z"))
schemathesis.openapi.format("decimal", st.decimals(-90, 90, places=6).map(str))
