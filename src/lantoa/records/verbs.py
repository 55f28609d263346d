"""The verbs we write, by their ADL IRIs (https://registry.tincanapi.com)."""

_ADL = "http://adlnet.gov/expapi/verbs/"

INITIALIZED = _ADL + "initialized"
ATTEMPTED = _ADL + "attempted"
EXPERIENCED = _ADL + "experienced"
PROGRESSED = _ADL + "progressed"
ANSWERED = _ADL + "answered"
COMPLETED = _ADL + "completed"
PASSED = _ADL + "passed"
FAILED = _ADL + "failed"
REGISTERED = _ADL + "registered"

DISPLAY = {
    INITIALIZED: {"en": "initialized", "vi": "bắt đầu"},
    ATTEMPTED: {"en": "attempted", "vi": "làm lại"},
    EXPERIENCED: {"en": "experienced", "vi": "đã xem"},
    PROGRESSED: {"en": "progressed", "vi": "học tiếp"},
    ANSWERED: {"en": "answered", "vi": "trả lời"},
    COMPLETED: {"en": "completed", "vi": "hoàn thành"},
    PASSED: {"en": "passed", "vi": "đạt"},
    FAILED: {"en": "failed", "vi": "chưa đạt"},
    REGISTERED: {"en": "registered", "vi": "ghi danh"},
}
