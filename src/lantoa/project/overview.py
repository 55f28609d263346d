"""What `lantoa` says when asked for nothing: the commands an operator needs, not all there are."""

COMMANDS = (
    ("demo", "dựng tỉnh mẫu và chạy thử (--learners N, --port P)"),
    ("serve", "chạy thật; lần đầu tạo cơ sở dữ liệu và quản trị đầu tiên"),
    ("doctor", "kiểm tra cài đặt và chỉ cách sửa"),
    ("backup", "sao lưu dữ liệu, tệp và khóa vào một tệp"),
    ("restore", "khôi phục từ bản sao lưu"),
    ("upgrade", "lấy mã mới, sao lưu, nâng cấp cơ sở dữ liệu"),
    ("create-admin", "thêm quản trị hệ thống (--email)"),
    ("import-roster", "nhập danh sách Excel (TỆP --unit MÃ [--apply] [--json])"),
    ("import-items", "nhập câu hỏi từ tệp (TỆP --unit MÃ [--apply] [--json])"),
    ("export-items", "xuất câu hỏi ra tệp (TỆP --unit MÃ --format DẠNG [--json])"),
    ("load-units", "nạp lại danh mục đơn vị hành chính"),
    ("load-shapes", "nạp bản đồ (GeoJSON hoặc TopoJSON)"),
    ("bench", "đo tốc độ (pages, rosters, bank) [--json]"),
)


def overview() -> str:
    width = max(len(name) for name, _ in COMMANDS)
    lines = ["Dùng: bin/lantoa LỆNH [--data THƯ_MỤC] [tùy chọn]", ""]
    lines += [f"  {name:<{width}}  {what}" for name, what in COMMANDS]
    lines += ["", "bin/lantoa LỆNH --help cho biết tùy chọn; docs/operations.md nói kỹ hơn."]
    return "\n".join(lines)
