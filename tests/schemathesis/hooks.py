"""What schemathesis loads (SCHEMATHESIS_HOOKS takes one module)."""

import formats  # noqa: F401
import signed  # noqa: F401
