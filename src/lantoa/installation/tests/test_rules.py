import pytest

from lantoa.installation.rules import is_https_url


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://sms.example.vn/send", True),
        ("https://sms.example.vn:8443/send?x=1", True),
        ("https://203.162.4.1/send", True),
        ("http://sms.example.vn/send", False),
        ("https://localhost/send", False),
        ("https://a.localhost/send", False),
        ("https://127.0.0.1/send", False),
        ("https://10.0.0.8/send", False),
        ("https://192.168.1.1/", False),
        ("https://169.254.169.254/latest", False),
        ("https://[::1]/", False),
        ("https://user:pass@sms.example.vn/", False),
        ("https://sms.example.vn:99999/", False),
        ("ftp://sms.example.vn/", False),
        ("sms.example.vn", False),
        ("", False),
    ],
)
def test_a_gateway_is_spoken_to_over_https_and_outside(url: str, good: bool) -> None:
    assert is_https_url(url) is good
