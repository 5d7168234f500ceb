"""The language model: the only package that imports anthropic, httpx2 and tenacity."""
